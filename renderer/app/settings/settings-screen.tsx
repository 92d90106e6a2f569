import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages, standardTenders } from '../../../preload/contract/app/values.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { CheckBox } from '../../kit/check-box.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { ReceiptsPart } from '../../paper/receipts/index.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { MembersPart } from './members-part.tsx';
import { ScannerPart } from './scanner-part.tsx';
import styles from './settings.module.css';
import { Field, type FieldsProps } from './settings-fields.tsx';
import { usePolicy } from './use-policy.ts';

const c = classNames(styles);

function UpdatePart({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const both = { form, fields };
  const isOff = useTopic('update', ({ state }) => state === 'off');
  if (isOff) return null;
  return (
    <Part title={t('policy.updates')} hint={t('policy.updatesHint')}>
      <div className={c('grid')}>
        <Field {...both} name="updateFromMinute" hasHint />
        <Field {...both} name="updateToMinute" hasHint />
      </div>
      <CheckBox
        label={t('policy.updateOnPress')}
        hint={t('policy.updateOnPressHint')}
        isOn={fields.updateOnPress}
        onChange={(updateOnPress) => form.edit({ updateOnPress })}
      />
    </Part>
  );
}

function DayPart({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const both = { form, fields };
  return (
    <Part title={t('policy.day')} hint={t('policy.dayHint')}>
      <div className={c('grid')}>
        <Field {...both} name="businessDayEndsAtMinute" isText hasHint />
        <Field {...both} name="floatCap" isMoney hasHint />
        <Field {...both} name="varianceLimit" isMoney hasHint />
      </div>
      <CheckBox
        label={t('policy.blindCount')}
        hint={t('policy.blindCountHint')}
        isOn={fields.blindCount}
        onChange={(blindCount) => form.edit({ blindCount })}
      />
    </Part>
  );
}

const screenLanguages = ['as-set-up', ...languages] as const;

/** Each in its own language, so that anybody finds theirs. */
function LanguageChoice({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <RadioChoice
      label={t('policy.language')}
      name="screen-language"
      values={screenLanguages}
      chosen={fields.screenLanguage}
      onChoose={(screenLanguage) => form.edit({ screenLanguage })}
      say={(language) =>
        language === 'as-set-up' ? (
          t('policy.languageAsSetUp')
        ) : (
          <span lang={language}>{languageNames[language]}</span>
        )
      }
    />
  );
}

function LimitParts({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const both = { form, fields };
  return (
    <>
      <Part title={t('policy.limits')} hint={t('policy.limitsHint')}>
        <div className={c('grid')}>
          <Field {...both} name="balanceCap" isMoney />
          <Field {...both} name="pointCap" />
          <Field {...both} name="memberWaitingCap" isMoney />
          <Field {...both} name="tillWaitingCap" isMoney />
        </div>
      </Part>
      <Part title={t('policy.offline')}>
        <div className={c('grid')}>
          <Field {...both} name="offlineWindowMs" hasHint />
          <Field {...both} name="repeatWithinMs" hasHint />
        </div>
      </Part>
      <Part title={t('policy.calls')}>
        <div className={c('grid')}>
          <Field {...both} name="callsPerDay" hasHint />
          <Field {...both} name="memberKeptMs" hasHint />
        </div>
      </Part>
      <Part title={t('policy.manager')}>
        <div className={c('grid')}>
          <Field {...both} name="managerUnlockedMs" hasHint />
          <Field {...both} name="peopleLockAfterMs" hasHint />
        </div>
      </Part>
      <UpdatePart {...both} />
      <TenderPart {...both} />
      <DayPart {...both} />
      <Part title={t('policy.screen')}>
        <Field {...both} name="quickAmounts" isMoney hasHint />
        <LanguageChoice {...both} />
        <CheckBox
          label={t('policy.keypad')}
          hint={t('policy.keypadHint')}
          isOn={fields.keypad}
          onChange={(keypad) => form.edit({ keypad })}
        />
      </Part>
    </>
  );
}

function DecidePart({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const { closed } = form;
  return (
    <Part
      title={t('policy.decide')}
      {...(closed === null ? {} : { hint: t(`policy.closed.${closed.state}`, { day: closed.until }) })}
    >
      <CheckBox
        label={t('policy.tillNumbers')}
        hint={t('policy.tillNumbersHint')}
        isOn={fields.tillNumbersDeclared}
        onChange={(tillNumbersDeclared) => form.edit({ tillNumbersDeclared })}
      />
    </Part>
  );
}

/** Scrolls to the first wrong field and focuses it. */
function useFirstWrong(refusals: number) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    const field = ref.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]');
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
  }, [refusals]);
  return ref;
}

export function SettingsScreen() {
  const { t } = useTranslation();
  const form = usePolicy();
  const { fields, failure } = form;
  const ref = useFirstWrong(form.refusals);
  const foot = (
    <>
      <Button look="primary" onPress={form.save}>
        {t('policy.save')}
      </Button>
      <span className={c('told', form.wrong > 0 && 'wrong')} aria-live="polite">
        {form.wrong > 0 && t('policy.wrong', { count: form.wrong })}
        {form.isSaved && form.wrong === 0 && t('policy.kept')}
      </span>
    </>
  );
  return (
    <ScreenFrame title={t('policy.title')} lead={t('policy.lead')} {...(fields === null ? {} : { foot })}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {failure === null && fields === null && <p className={c('hint')}>{t('policy.loading')}</p>}
      {fields !== null && (
        <div ref={ref} className={c('parts')}>
          <LimitParts form={form} fields={fields} />
          <ScannerPart form={form} fields={fields} />
          <DecidePart form={form} fields={fields} />
          <ReceiptsPart />
          <MembersPart />
        </div>
      )}
    </ScreenFrame>
  );
}

function TenderPart({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const chosen = fields.standardTenders;
  return (
    <Part title={t('policy.tenders')} hint={t('policy.tendersHint')}>
      {standardTenders.map((tender) => (
        <CheckBox
          key={tender}
          label={tenderWords(t, tender)}
          isOn={chosen.includes(tender)}
          onChange={(isOn) =>
            form.edit({
              standardTenders: isOn ? [...chosen, tender] : chosen.filter((one) => one !== tender),
            })
          }
        />
      ))}
      <Field form={form} fields={fields} name="ownTenders" hasHint isText />
    </Part>
  );
}
