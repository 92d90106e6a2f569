import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { Fixed } from '../../shared/fixed.tsx';
import { SavedNote, SaveFailure } from '../../shared/saved-note.tsx';
import { useTill } from '../../shared/topics.ts';
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

/** Another language begins the page anew: a sum typed as it is written in one must not be read in another. */
export function RulesScreen() {
  const { language } = useTill();
  return <RulesPage key={language} />;
}

function RulesPage() {
  const { t } = useTranslation();
  const { ref, jump } = useFirstWrong();
  const form = useRules(jump);
  const { fields, failure } = form;
  const actions = form.isChanged ? (
    <>
      <Button look="ghost" onPress={form.discard}>
        {t('saving.discard')}
      </Button>
      <Button look="primary" onPress={form.save}>
        {t('saving.ask.save')}
      </Button>
    </>
  ) : (
    <SavedNote isSaved={form.saving.isSaved} onEnd={form.saving.forget} />
  );
  return (
    <ScreenFrame title={t('rules.title')} lead={t('rules.lead')} actions={actions}>
      <SaveFailure failure={failure} />
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
