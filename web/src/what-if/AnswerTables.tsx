import type { ReactNode } from 'react';
import { IndicatorLink } from '../app/links';
import { useIndicators } from '../api/queries';
import type { Flip, Status, SupposedDifference, WhatIf } from '../api/types';
import { t } from '../shared/i18n';
import { StatusTag } from '../shared/StatusTag';
import { named } from '../shared/translated';
import { unitLabel, useScope } from '../state/scope';
import { aspectWords, isStatus, lightOfStatus, outlookWords, verdictWords } from '../words';
import { conclusionWords } from './words';

/** The conclusions that are others, and all that differs, each with the numbers of the suppositions behind it. */
export function AnswerTables({ answer: { flips, differences } }: { readonly answer: WhatIf }) {
  return (
    <>
      <section className="card" aria-labelledby="what-if-flips">
        <h2 id="what-if-flips">{t('翻转的结论 {{count}} 项', { count: flips.length })}</h2>
        {flips.length === 0 ? (
          <p className="muted">{t('没有一项结论因此不同')}</p>
        ) : (
          <Table
            name="flips"
            heads={[t('指标'), t('单位'), t('结论'), t('由'), t('到'), t('因假设')]}
            rows={flips.map((flip) => ({
              key: `${flip.conclusion} ${flip.indicator ?? ''} ${flip.unit}`,
              of: flip,
              word: conclusionWords[flip.conclusion],
              from: conclusionText(flip, flip.from),
              to: conclusionText(flip, flip.to),
            }))}
          />
        )}
      </section>
      <section className="card" aria-labelledby="what-if-differences">
        <h2 id="what-if-differences">{t('不同之处 {{count}} 处', { count: differences.length })}</h2>
        {differences.length === 0 ? (
          <p className="muted">{t('两者没有差异')}</p>
        ) : (
          <Table
            name="differences"
            heads={[t('对象'), t('单位'), t('方面'), t('由'), t('到'), t('因假设')]}
            rows={differences.map((difference) => ({
              key: [difference.aspect, difference.indicator, difference.subject, difference.unit, difference.to].join(
                ' ',
              ),
              of: difference,
              word: aspectWords[difference.aspect],
              from: sideText(difference.from),
              to: sideText(difference.to),
            }))}
          />
        )}
      </section>
    </>
  );
}

interface Row {
  readonly key: string;
  readonly of: Flip | SupposedDifference;
  readonly word: string;
  readonly from: ReactNode;
  readonly to: ReactNode;
}

function Table({ name, heads, rows }: { name: string; heads: readonly string[]; rows: readonly Row[] }) {
  const { plan } = useScope();
  const indicators = useIndicators(plan.plan).data ?? [];
  const nameOf = (code: string) => {
    const indicator = indicators.find((each) => each.code === code);
    return indicator ? named(indicator).name : '';
  };
  return (
    <table className="plain-table cards" data-testid={name}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, of, word, from, to }) => (
          <tr key={key} data-row={`${of.indicator ?? ''} ${of.unit ?? ''}`}>
            <th scope="row">
              {of.indicator !== undefined ? (
                <IndicatorLink code={of.indicator} unit={of.unit}>
                  <span className="code">{of.indicator}</span> {nameOf(of.indicator)}
                </IndicatorLink>
              ) : 'subject' in of && of.subject !== undefined ? (
                <>
                  <span className="code">{of.subject}</span> {of.name}
                </>
              ) : (
                t('规划')
              )}
            </th>
            <td data-label={heads[1]}>{of.unit === undefined ? '—' : unitLabel(plan.units, of.unit)}</td>
            <td data-label={heads[2]}>{word}</td>
            <td data-label={heads[3]}>{from}</td>
            <td data-label={heads[4]}>{to}</td>
            <td data-label={heads[5]}>{of.changes.map((at) => at + 1).join(t('、'))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function conclusionText({ conclusion }: Flip, text: string | undefined): ReactNode {
  if (conclusion === 'veto') return text === undefined ? t('未否决') : t('否决：{{codes}}', { codes: text });
  if (text === undefined) return <span className="none">{t('无')}</span>;
  if (conclusion === 'status') return <StatusTag status={text as Status} light={lightOfStatus(text as Status)} />;
  return { ...outlookWords, ...verdictWords }[text as keyof typeof outlookWords];
}

function sideText(text: string | undefined): ReactNode {
  if (text === undefined) return <span className="none">{t('无')}</span>;
  return isStatus(text) ? <StatusTag status={text} light={lightOfStatus(text)} /> : text;
}
