import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, MatchAsk, MatchPlan } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DayBox } from '../../kit/day-box.tsx';
import { masked } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText, joinSentences } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import {
  type AskedDays,
  afterFound,
  askOf,
  dayBefore,
  type MatchFields,
  matchKinds,
  newFields,
} from './match-form.ts';
import styles from './matching.module.css';

const c = classNames(styles);

interface FieldsProps {
  readonly fields: MatchFields;
  readonly edit: (change: Partial<MatchFields>) => void;
}

function DayFields({ fields, edit }: FieldsProps) {
  const { t } = useTranslation();
  const today = useTopic('today', ({ storeDay }) => storeDay);
  if (fields.of === 'days') {
    return (
      <div className={c('fields')}>
        <DayBox
          label={t('matching.from')}
          hint={t('matching.daysHint')}
          value={fields.from}
          onChange={(from) => edit({ from })}
        />
        <DayBox label={t('matching.to')} value={fields.to} onChange={(to) => edit({ to })} />
      </div>
    );
  }
  return (
    <div className={c('fields')}>
      <DayBox label={t('matching.day')} value={fields.day} onChange={(day) => edit({ day })} />
      <div className={c('beside')}>
        <Button onPress={() => edit({ day: today })}>{t('matching.today')}</Button>
        <Button onPress={() => edit({ day: dayBefore(today) })}>{t('matching.yesterday')}</Button>
      </div>
    </div>
  );
}

function MemberFields({ fields, edit }: FieldsProps) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<AppError | null>(null);
  const { query, found, member } = fields;
  const find = () => {
    void bridge.membersFind({ query }).then((reply) => {
      setFailure(reply.ok ? null : reply.error);
      edit(afterFound(fields, reply.ok ? reply.value.members : []));
    });
  };
  const nameOf = (uid: string) => {
    const card = (found ?? []).find(({ customerUid }) => customerUid === uid);
    const number = masked(card?.number ?? '');
    return t('matching.chosen', { name: card?.name ?? '', number });
  };
  return (
    <>
      <div className={c('fields')}>
        <TextBox
          label={t('matching.member')}
          hint={t('matching.memberHint')}
          value={query}
          onChange={(text) => edit({ query: text, found: null, member: null })}
          onEnter={find}
        />
        <div className={c('beside')}>
          <Button onPress={find}>{t('matching.find')}</Button>
        </div>
      </div>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {found !== null && found.length > 1 && (
        <RadioChoice
          label={t('matching.several')}
          name="match-member"
          values={found.map(({ customerUid }) => customerUid)}
          chosen={member ?? ''}
          onChoose={(chosen) => edit({ member: chosen })}
          say={nameOf}
        />
      )}
      {found?.length === 1 && member !== null && <p>{nameOf(member)}</p>}
    </>
  );
}

function Cost({ plan }: { readonly plan: MatchPlan }) {
  const { t } = useTranslation();
  const { calls, left, kept, isAffordable, log } = plan;
  const cost = [t('matching.calls', { count: calls }), t('matching.left', { left, kept })];
  return (
    <>
      <p>{joinSentences(t, cost)}</p>
      {!isAffordable && <Note tone="warn">{t('matching.dear')}</Note>}
      <Note tone={log === 'lists' ? 'neutral' : 'warn'}>{t(`matching.log.${log}`)}</Note>
    </>
  );
}

export function AskPart({ days }: { readonly days: AskedDays | undefined }) {
  const { t } = useTranslation();
  const today = useTopic('today', ({ storeDay }) => storeDay);
  const [fields, setFields] = useState(() => newFields(today, days));
  const ask = askOf(fields);
  const { plan, failure } = usePlan(ask);
  const edit = (change: Partial<MatchFields>) => setFields((before) => ({ ...before, ...change }));
  const canStart = ask !== null && plan?.isAffordable === true;
  return (
    <Part title={t('matching.what')}>
      <RadioChoice
        label={t('matching.by')}
        name="match-of"
        values={matchKinds}
        chosen={fields.of}
        onChoose={(of) => edit({ of })}
        say={(of) => t(`matching.of.${of}`)}
      />
      {fields.of === 'member' ? (
        <MemberFields fields={fields} edit={edit} />
      ) : (
        <DayFields fields={fields} edit={edit} />
      )}
      <div className={c('cost')} aria-live="polite">
        {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
        {plan !== null && <Cost plan={plan} />}
      </div>
      <Answers>
        <Button
          look="primary"
          isDisabled={!canStart}
          onPress={() => ask !== null && openGuarded({ kind: 'match', ask })}
        >
          {t('matching.start')}
        </Button>
        {plan?.log === 'not-asked' && (
          <Button onPress={() => view.show({ kind: 'check-up' })}>{t('waysOut.check-up')}</Button>
        )}
      </Answers>
    </Part>
  );
}

interface Planned {
  readonly plan: MatchPlan | null;
  readonly failure: AppError | null;
}

/** Read again for another question, and after each call. */
function usePlan(ask: MatchAsk | null): Planned {
  const used = useTopic('budget', (budget) => budget.used);
  const plan = ask === null ? null : () => bridge.matchingPlan({ ask });
  const { value, failure } = useQuery(plan, [JSON.stringify(ask), used]);
  return { plan: failure === null ? value : null, failure };
}
