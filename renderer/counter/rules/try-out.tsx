import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, Tried } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { CheckBox } from '../../kit/check-box.tsx';
import { DayBox } from '../../kit/day-box.tsx';
import { wholeDay } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText, joinSentences, phraseText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import { CategoryField, OnEnter, problemText, RuleField } from './rule-field.tsx';
import { readSum } from './rules-form.ts';
import { type RulesForm, rulesFormat } from './use-rules.ts';

const noSample = { sum: '', purchase: '', category: '', day: '', hadToday: false };
type SampleFields = typeof noSample;

function sentenceOf(t: TFunction, tried: Tried, write: SumWriter): string {
  const bonus =
    tried.rule === null
      ? t('rules.tried.noBonus')
      : t('rules.tried.bonus', { sum: write.money(tried.bonus), rule: tried.rule });
  const points =
    tried.points === null
      ? t('rules.tried.pointsTyped')
      : t('rules.tried.points', { points: write.points(tried.points) });
  return joinSentences(t, [bonus, points, ...(tried.isRounded ? [t('rules.tried.rounded')] : [])]);
}

function Result({ tried }: { readonly tried: Tried }) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <Note tone="good" isNews>
      {sentenceOf(t, tried, useWriter(till.currency, till.language))}
    </Note>
  );
}

function useTryOut(form: RulesForm) {
  const till = useTill();
  const format = rulesFormat(till);
  const [typed, setTyped] = useState(noSample);
  const [tried, setTried] = useState<Tried | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [isRefused, setRefused] = useState(false);
  const sum = readSum(typed.sum, format.money, format.locale);
  const purchase = readSum(typed.purchase, format.money, format.locale);
  const ask = async () => {
    setTried(null);
    setFailure(null);
    const rules = form.read();
    setRefused(rules === null);
    if (rules === null || !sum.ok || !purchase.ok) return;
    const { category, hadToday } = typed;
    const day = typed.day.trim() === '' ? form.today : typed.day.trim();
    const sample = { principal: sum.value, purchase: purchase.value, category, day, hadToday };
    const reply = await bridge.rulesTryOut({ rules, sample });
    if (reply.ok) setTried(reply.value);
    else setFailure(reply.error);
  };
  const edit = (change: Partial<SampleFields>) => {
    setTried(null);
    setTyped((now) => ({ ...now, ...change }));
  };
  return {
    typed,
    edit,
    tried,
    failure,
    isRefused: isRefused && Object.keys(form.problems).length > 0,
    sum,
    purchase,
    ask: () => void ask(),
  };
}

/** Tries the typed rules on a sample, before they are saved. */
export function TryOut({ form }: { readonly form: RulesForm }) {
  const { t } = useTranslation();
  const { language } = useTill();
  const { typed, edit, tried, failure, isRefused, sum, purchase, ask } = useTryOut(form);
  const problems = {
    ...(sum.ok ? {} : { sum: sum.error }),
    ...(purchase.ok ? {} : { purchase: purchase.error }),
    ...(/^(\d{4}-\d{2}-\d{2})?$/.test(typed.day) ? {} : { day: { key: 'rules.notADay' } }),
  };
  const field = (name: 'sum' | 'purchase') => (
    <RuleField
      label={t(`rules.try.${name}`)}
      isMoney
      id={name}
      problems={problems}
      value={typed[name]}
      onChange={(text) => edit({ [name]: text })}
    />
  );
  return (
    <OnEnter value={ask}>
      <Part title={t('rules.try.title')} hint={t('rules.try.lead')}>
        {field('sum')}
        {field('purchase')}
        <CategoryField
          label={t('rules.try.category')}
          value={typed.category}
          onChange={(category) => edit({ category })}
        />
        <DayBox
          label={t('rules.try.day')}
          hint={t('rules.try.dayHint', { today: wholeDay(form.today, language) })}
          error={problemText(t, problems.day)}
          value={typed.day}
          onChange={(day) => edit({ day })}
        />
        <CheckBox
          label={t('rules.try.hadToday')}
          hint={t('rules.try.hadTodayHint')}
          isOn={typed.hadToday}
          onChange={(hadToday) => edit({ hadToday })}
        />
        <Answers>
          <Button onPress={ask}>{t('rules.try.act')}</Button>
        </Answers>
        {isRefused && <ErrorNote>{phraseText(t, { key: 'rules.wrong' })}</ErrorNote>}
        {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
        {tried !== null && <Result tried={tried} />}
      </Part>
    </OnEnter>
  );
}
