import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleBook } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { Fixed } from '../../shared/fixed.tsx';
import { SaveActions, SaveFailure } from '../../shared/save-actions.tsx';
import { useFirstWrong } from '../../shared/use-first-wrong.ts';
import { BonusCard } from './bonus-card.tsx';
import { PointsCard } from './points-card.tsx';
import { Categories, OnEnter, RuleField } from './rule-field.tsx';
import styles from './rules.module.css';
import { changed, newBonus, newPoints, newReason, type RulesFields, without } from './rules-form.ts';
import { TryOut } from './try-out.tsx';
import { newKey, type RulesForm, useRules } from './use-rules.ts';

const c = classNames(styles);

interface PartProps {
  readonly form: RulesForm;
  readonly fields: RulesFields;
}

/** The field of what was added last takes the focus: what is typed next must not press the button again. */
function useAdding<T extends { readonly key: string }>(
  make: (nextKey: () => string) => T,
  add: (one: T) => void,
) {
  const [newest, setNewest] = useState<string | null>(null);
  return {
    isNew: ({ key }: T) => key === newest,
    addOne: () => {
      const one = make(newKey);
      setNewest(one.key);
      add(one);
    },
  };
}

function BonusParts({ form, fields: { bonus } }: PartProps) {
  const { t } = useTranslation();
  const { isNew, addOne } = useAdding(newBonus, (rule) => form.edit({ bonus: [...bonus, rule] }));
  return (
    <>
      <Part title={t('rules.bonus')} hint={t('rules.bonusHint')}>
        <Answers>
          <Button onPress={addOne}>{t('rules.addBonus')}</Button>
        </Answers>
      </Part>
      {bonus.map((rule) => (
        <BonusCard
          key={rule.key}
          rule={rule}
          isNew={isNew(rule)}
          problems={form.problems}
          onChange={(change) => form.edit({ bonus: changed(bonus, rule.key, change) })}
          onRemove={() => form.edit({ bonus: without(bonus, rule.key) })}
        />
      ))}
    </>
  );
}

function PointsParts({ form, fields: { points } }: PartProps) {
  const { t } = useTranslation();
  const { isNew, addOne } = useAdding(newPoints, (rule) => form.edit({ points: [...points, rule] }));
  return (
    <>
      <Part title={t('rules.pointsTitle')} hint={t('rules.pointsHint')}>
        <Answers>
          <Button onPress={addOne}>{t('rules.addPoints')}</Button>
        </Answers>
      </Part>
      {points.map((rule) => (
        <PointsCard
          key={rule.key}
          rule={rule}
          isNew={isNew(rule)}
          problems={form.problems}
          onChange={(change) => form.edit({ points: changed(points, rule.key, change) })}
          onRemove={() => form.edit({ points: without(points, rule.key) })}
        />
      ))}
    </>
  );
}

function ReasonsPart({ form, fields: { reasons } }: PartProps) {
  const { t } = useTranslation();
  const { isNew, addOne } = useAdding(newReason, (reason) => form.edit({ reasons: [...reasons, reason] }));
  return (
    <Part title={t('rules.reasons')} hint={t('rules.reasonsHint')}>
      {reasons.map((reason) => (
        <div key={reason.key} className={c('reason')}>
          <RuleField
            takesFocus={isNew(reason)}
            label={t('rules.reason')}
            id={reason.key}
            problems={form.problems}
            value={reason.words}
            onChange={(text) => form.edit({ reasons: changed(reasons, reason.key, { words: text }) })}
          />
          <Button look="ghost" onPress={() => form.edit({ reasons: without(reasons, reason.key) })}>
            {t('rules.removeReason')}
          </Button>
        </div>
      ))}
      <Answers>
        <Button onPress={addOne}>{t('rules.addReason')}</Button>
      </Answers>
    </Part>
  );
}

/** Somebody else saved meanwhile: the person chooses, and nothing typed is lost until then. */
function OtherNote({ form, other }: { readonly form: RulesForm; readonly other: RuleBook }) {
  const { t } = useTranslation();
  const names = [...other.bonus, ...other.points].map(({ name }) => name).join(t('app.separator'));
  return (
    <>
      <Note tone="warn" isNews>
        {t(names === '' ? 'rules.otherNone' : 'rules.other', { version: other.version, names })}
      </Note>
      <Answers>
        <Button onPress={() => form.keepMine(other)}>{t('rules.keepMine')}</Button>
        <Button onPress={() => form.takeOver(other)}>{t('rules.takeOver')}</Button>
      </Answers>
    </>
  );
}

export function RulesScreen() {
  const { t } = useTranslation();
  const { ref, jump } = useFirstWrong();
  const form = useRules(jump);
  const { fields, failure, other, problems } = form;
  const actions = (
    <SaveActions
      saving={form.saving}
      changes={form.changes}
      wrong={Object.keys(problems).length}
      onWrong={jump}
      onSave={form.save}
      onDiscard={form.discard}
    />
  );
  return (
    <ScreenFrame title={t('rules.title')} lead={t('rules.lead')} actions={actions}>
      <SaveFailure failure={failure} />
      {other !== null && <OtherNote form={form} other={other} />}
      {failure === null && fields === null && <p className={c('hint')}>{t('policy.loading')}</p>}
      {fields !== null && (
        <Categories value={form.categories}>
          <div className={c('columns')}>
            <OnEnter value={form.save}>
              <div ref={ref} className={c('parts')}>
                <Fixed name="rules">
                  <BonusParts form={form} fields={fields} />
                </Fixed>
                <Fixed name="rules">
                  <PointsParts form={form} fields={fields} />
                </Fixed>
                <Fixed name="reasons">
                  <ReasonsPart form={form} fields={fields} />
                </Fixed>
              </div>
            </OnEnter>
            <TryOut form={form} />
          </div>
        </Categories>
      )}
    </ScreenFrame>
  );
}
