import { Command } from '../slice/command.js';
import { Identifier, OneOf, PlanSlug, Sha256, Text, Whole } from '../slice/field.js';
import { evidenceTypes, type EvidenceType } from './file-type.js';

/** The largest file that is kept, in bytes. */
export const largestEvidence = 20 * 2 ** 20;

export class KeepEvidence extends Command {
  get type() {
    return 'KeepEvidence' as const;
  }

  @PlanSlug({ label: '规划' })
  plan: string;

  @Sha256({ label: '文件 SHA-256' })
  sha256: string;

  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;

  @Text({ label: '文件名称' })
  title: string;

  @OneOf(Object.keys(evidenceTypes), { label: '文件类型' })
  fileType: EvidenceType;

  @Whole({ label: '字节数', min: 1, max: largestEvidence })
  size: number;

  override get about() {
    return { kind: 'evidence', id: this.sha256 };
  }
}
