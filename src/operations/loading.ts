/** How far the loading of one folder is. */
export interface LoadingStep {
  /** The title of what is loaded. */
  readonly title: string;
  /** What is done with it: 准备, 校验, 写入 or 建立视图. */
  readonly step: string;
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
}

/** What a start still loads. Until it is finished, the server answers, but is not ready: it has a part of the plans only. */
export class Loading {
  private step: LoadingStep | undefined;

  /** Undefined once everything is loaded, and where nothing is to be loaded. */
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
