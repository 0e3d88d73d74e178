import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import { areaDefined, lianduEnrolled, plan, planDrafted, planReady } from '../../test/support/examples/plans.js';
import { checkedInput } from '../slice/command.js';
import { AmendArea, AmendUnit, DefineArea, DraftPlan, EnrolUnit } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import { AreaAmended, PlanDrafted, UnitAmended, UnitEnrolled, planEvents, type PlanEvent } from './plan.events.js';
import { RenameUnit } from './unit-change.commands.js';
import { UnitChangeWithdrawn, UnitRenamed } from './unit-change.events.js';
import { asEnrolled, namingOf, unitOn } from './units-in-time.js';

const given = specification(planDecider, planEvents, { known: undefined, now: '2025-03-01T02:00:00.000Z' });
const ready = given(...planReady);
const reason = '补译名';
const english = { en: 'Lishui civil affairs plan 2021–2025' };
const inEnglish = PlanDrafted.of({ ...planDrafted.data, title: english.en, language: 'en' });

describe('a plan', () => {
  const draft = (different: Partial<DraftPlan>) => make(DraftPlan, { plan, ...planDrafted.data, ...different });

  it('is drafted with its language and the names of its title', () => {
    const more = { language: 'en', translations: { 'zh-CN': '丽水市民政规划', pt: 'Plano de Lishui' } };
    given()
      .when(draft(more))
      .then(PlanDrafted.of({ ...planDrafted.data, ...more }));
    given()
      .when(draft({ translations: {} }))
      .then(planDrafted);
  });

  it('has no translation into its own language, which is zh-CN where it names none', () => {
    given()
      .when(draft({ translations: { 'zh-CN': '规划' } }))
      .thenRefused('language.own', 'translations.zh-CN');
    given()
      .when(draft({ language: 'en', translations: english }))
      .thenRefused('language.own', 'translations.en');
  });

  it('is refused with a tag that is none', () => {
    given()
      .when(draft({ translations: { en_US: 'Plan' } }))
      .thenRefused('language.tag', 'translations.en_US');
    expect(() =>
      planDecider.decide(draft({ translations: { EN: 'Plan' } }), planDecider.initialState, {} as never),
    ).toThrow('您是否指 en？');
  });

  it.each<[string, object]>([
    ['language', { language: 'English' }],
    ['language', { language: 'zh_CN' }],
    ['translations', { translations: { en: ' ' } }],
    ['translations', { translations: { en: 5 } }],
    ['translations', { translations: { en: 'x'.repeat(201) } }],
    ['translations', { translations: 'Plan' }],
    ['translations', { translations: null }],
  ])('is refused at the field %s of %j', (field, different) => {
    expect(() => checkedInput(DraftPlan, { plan, ...planDrafted.data, ...different })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ field })] }) as Error,
    );
  });
});

describe('an area and a unit', () => {
  const { code } = lianduEnrolled.data;

  it('are amended where only a translation changed', () => {
    const area = { ...areaDefined.data, translations: { en: 'Happy ageing' } };
    const unit = { ...lianduEnrolled.data, translations: { en: 'Liandu District' } };
    ready.when(make(AmendArea, { plan, ...area }), { reason }).then(AreaAmended.of(area));
    ready.when(make(AmendUnit, { plan, ...unit }), { reason }).then(UnitAmended.of(unit));
  });

  it('are refused with a name in the language of their plan, or a tag that is none', () => {
    const area = make(DefineArea, { plan, code: 'A2', name: 'Relief', translations: { en: 'Relief' } });
    given(inEnglish).when(area).thenRefused('language.own', 'translations.en');
    const unit = make(EnrolUnit, {
      plan,
      code: '331199',
      name: '新区',
      level: 'city',
      translations: { english: 'New' },
    });
    ready.when(unit).thenRefused('language.tag', 'translations.english');
  });

  it('a new name of a unit has translations of its own; earlier ones go with the earlier name', () => {
    const enrolled = UnitEnrolled.of({ ...lianduEnrolled.data, translations: { en: 'Liandu District' } });
    const units = given(...planReady.filter((event) => event !== lianduEnrolled), enrolled);
    const rename = (name: string, en?: string) =>
      make(RenameUnit, { plan, code, name, on: '2023-07-01', ...(en && { translations: { en } }) });
    const renamed = UnitRenamed.of({
      code,
      name: '处州区',
      translations: { en: 'Chuzhou District' },
      on: '2023-07-01',
    });
    units.when(rename('处州区', 'Chuzhou District')).then(renamed);
    units.when(rename('莲都区')).thenRefused('unit.unchanged');
    units.when(rename('莲都区', 'Liandu District')).thenRefused('unit.unchanged');
    units
      .when(rename('莲都区', 'Liandu Qu'))
      .then(UnitRenamed.of({ ...renamed.data, name: '莲都区', translations: { en: 'Liandu Qu' } }));
    given(...planReady, renamed)
      .when(rename('处州区', 'Chuzhou'))
      .then(UnitRenamed.of({ ...renamed.data, translations: { en: 'Chuzhou' } }));
    ready
      .when(make(RenameUnit, { plan, code, name: '处州区', on: '2023-07-01', translations: { 'zh-CN': '处州区' } }))
      .thenRefused('language.own', 'translations.zh-CN');
  });
});

describe('the translations of a unit through time', () => {
  const { code } = lianduEnrolled.data;
  const on = '2023-07-01';
  const enrolled = UnitEnrolled.of({ ...lianduEnrolled.data, translations: { en: 'Liandu District' } });
  const events = [...planReady.filter((event) => event !== lianduEnrolled), enrolled];
  const renamed = UnitRenamed.of({ code, name: '处州区', translations: { en: 'Chuzhou District' }, on });
  const unitAfter = (...more: PlanEvent[]) => stateOf(planDecider, ...events, ...more).units.get(code)!;

  it('go with the names of their time', () => {
    const unit = unitAfter(renamed, UnitRenamed.of({ code, name: '括州区', on: '2024-01-01' }));
    expect(['2023-06-30', on, '2024-01-01'].map((day) => namingOf(unitOn(unit, day)!))).toEqual([
      { name: '莲都区', translations: { en: 'Liandu District' } },
      { name: '处州区', translations: { en: 'Chuzhou District' } },
      { name: '括州区' },
    ]);
  });

  it('come back when the renaming is withdrawn', () => {
    const withdrawn = UnitChangeWithdrawn.of({ code, on, change: 'name' });
    expect(unitAfter(renamed, withdrawn)).toEqual(enrolled.data);
  });

  it('are corrected at the first name, also after a renaming', () => {
    const corrected = { ...enrolled.data, translations: { en: 'Liandu' } };
    const unit = unitAfter(renamed, UnitAmended.of(corrected));
    expect(asEnrolled(unit)).toEqual(corrected);
    expect(unit).toMatchObject(namingOf(renamed.data));
    expect(asEnrolled(unitAfter(renamed, UnitAmended.of(lianduEnrolled.data)))).toEqual(lianduEnrolled.data);
  });
});
