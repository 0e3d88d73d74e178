/** The progress of loading one folder. */
export interface LoadingStep {
  /** The title of the plan or supplement that is loaded. */
  readonly title: string;
  /** 准备, 校验, 写入 or 建立视图. */
  readonly step: string;
  readonly done: number;
  /** 0 while it is unknown. */
  readonly total: number;
}

export const LOADING = Symbol('Loading');

/** What the server is loading at its start. Until it has finished, the server answers, but is not ready. */
export class Loading {
  private step: LoadingStep | undefined;

  /** Undefined once everything is loaded, and if there is nothing to load. */
  get current(): LoadingStep | undefined {
    return this.step;
  }

  reach(step: LoadingStep): void {
    this.step = step;
  }

  finish(): void {
    this.step = undefined;
  }
}
