import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { ProblemError } from '../api/client';
import { useWithdrawSubmission } from '../api/submission-calls';
import type { Submission } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props {
  readonly plan: string;
  readonly submission: Pick<Submission, 'id'>;
  readonly onEnd: () => void;
}

/** Withdraws a submission; what stands in the way is listed, and left by name. */
export function WithdrawalForm({ plan, submission, onEnd }: Props) {
  const withdrawing = useWithdrawSubmission(plan);
  const [left, setLeft] = useState<string[]>([]);
  const problem = withdrawing.error instanceof ProblemError ? withdrawing.error.problem : undefined;
  const obstacles = problem?.code === 'submission.changed-since' ? (problem.problems ?? []) : [];
  const keys = obstacles.flatMap(({ field }) => field ?? []);
  const [known, setKnown] = useState<string[]>([]);
  return (
    <Form<{ reason: string }>
      name="withdraw-submission"
      layout="vertical"
      className="own-form"
      onFinish={({ reason }) =>
        withdrawing.mutate(
          { id: submission.id, reason: reason.trim(), leave: left },
          {
            onSuccess: onEnd,
            onError: (error) => {
              const found = error instanceof ProblemError ? (error.problem.problems ?? []) : [];
              setKnown((before) => [...new Set([...before, ...found.flatMap(({ field }) => field ?? [])])]);
            },
          },
        )
      }
    >
      <p className="muted">{t('恰好收回这次报送写入的：新报的撤回，更正的改回原数。撤回后可重新填报')}</p>
      {withdrawing.error && obstacles.length === 0 && <ProblemAlert error={withdrawing.error} />}
      {obstacles.length > 0 && (
        <fieldset className="nested-fields" data-testid="obstacles">
          <legend>{problem?.detail}</legend>
          {obstacles.map(({ field = '', message }) => (
            <p key={field}>
              <Checkbox
                checked={left.includes(field)}
                onChange={({ target }) =>
                  setLeft((before) => (target.checked ? [...before, field] : before.filter((each) => each !== field)))
                }
              >
                {t('保留')} {message}
              </Checkbox>
            </p>
          ))}
        </fieldset>
      )}
      <Form.Item
        name="reason"
        label={t('撤回事由')}
        rules={[{ required: true, whitespace: true, message: t('请写明为何撤回') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
      <div className="form-buttons">
        <Button
          type="primary"
          danger
          htmlType="submit"
          loading={withdrawing.isPending}
          disabled={keys.some((key) => !left.includes(key))}
        >
          {known.length > 0 ? t('撤回其余各行') : t('撤回')}
        </Button>
        <Button onClick={onEnd}>{t('取消')}</Button>
      </div>
    </Form>
  );
}
