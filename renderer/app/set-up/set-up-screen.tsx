import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DigitPad } from '../../kit/digit-pad.tsx';
import page from '../../kit/page.module.css';
import { TextBox } from '../../kit/text-box.tsx';
import { useKeys } from '../../kit/touch.ts';
import { errorText } from '../../shared/i18n.ts';
import { useHeading } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import { WayOutButton } from '../../shared/way-out.tsx';
import styles from './set-up.module.css';
import { type SetUpField, timeZoneSuggestions } from './set-up.ts';
import { useSetUp } from './use-set-up.ts';

const c = classNames(page, styles);
const MAX_SUGGESTIONS = 4;
/** Worth a warning before KYBIO refuses calls for clock skew. */
const NOTABLE_SKEW_MS = 30_000;

type SetUp = ReturnType<typeof useSetUp>;

interface FieldProps {
  readonly form: SetUp;
  readonly name: SetUpField;
  readonly hint?: string;
  readonly type?: 'text' | 'password' | 'pin';
  readonly takesFocus?: boolean;
}

function Field({ form, name, hint, type = 'text', takesFocus = false }: FieldProps) {
  const { t } = useTranslation();
  return (
    <TextBox
      label={t(`setUp.${name}`)}
      hint={hint}
      type={type}
      value={form.fields[name]}
      onChange={(text) => form.edit(name, text)}
      onEnter={form.connect}
      error={form.errorOf(name)}
      takesFocus={takesFocus}
    />
  );
}

function ZoneSuggestions({ form }: { readonly form: SetUp }) {
  const { t } = useTranslation();
  const zones = timeZoneSuggestions(form.fields.storeTimeZone, MAX_SUGGESTIONS);
  if (zones.length === 0) return null;
  return (
    <fieldset className={c('group', 'suggestions')} aria-label={t('setUp.suggestions')}>
      {zones.map((zone) => (
        <Button key={zone} onPress={() => form.edit('storeTimeZone', zone)}>
          {zone}
        </Button>
      ))}
    </fieldset>
  );
}

function Outcome({ form }: { readonly form: SetUp }) {
  const { t } = useTranslation();
  const skewMs = form.tested?.clockSkewMs ?? 0;
  const proxy = form.tested?.proxy ?? null;
  return (
    <>
      {/* An alert announces itself: in the live region it would be read twice. */}
      {form.general !== null && (
        <div className={c('told')}>
          <ErrorNote>{errorText(t, form.general)}</ErrorNote>
          <Answers>
            <WayOutButton error={form.general} />
          </Answers>
        </div>
      )}
      <div className={c('told')} aria-live="polite">
        {proxy !== null && <p>{t('setUp.testedByProxy', { proxy })}</p>}
        {Math.abs(skewMs) > NOTABLE_SKEW_MS && (
          <p className={c('warn')}>{t('setUp.skew', { seconds: Math.round(Math.abs(skewMs) / 1000) })}</p>
        )}
      </div>
    </>
  );
}

export function SetUpScreen() {
  const { t } = useTranslation();
  const form = useSetUp();
  const headRef = useHeading(false);
  const mainRef = useRef<HTMLElement>(null);
  const hasKeys = useKeys();
  const { attempts } = form;
  useEffect(() => {
    if (attempts > 0) mainRef.current?.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus();
  }, [attempts]);
  return (
    <div className={c('page')}>
      <main ref={mainRef} className={c('sheet', 'form')}>
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('setUp.title')}
        </h1>
        <p className={c('lead')}>{t('setUp.lead')}</p>
        <div className={c('columns')}>
          <fieldset className={c('group')}>
            <legend className={c('legend')}>{t('setUp.account')}</legend>
            <Field form={form} name="host" hint={t('setUp.hostHint')} takesFocus />
            <Field form={form} name="appId" />
            <Field form={form} name="appKey" type="password" />
          </fieldset>
          <fieldset className={c('group')}>
            <legend className={c('legend')}>{t('setUp.counter')}</legend>
            <Field form={form} name="tillName" hint={t('setUp.tillNameHint')} />
            <div className={c('side')}>
              <Field form={form} name="storeTimeZone" hint={t('setUp.storeTimeZoneHint')} />
              <Field form={form} name="currency" hint={t('setUp.currencyHint')} />
            </div>
            <ZoneSuggestions form={form} />
            <div className={c('side')}>
              <Field form={form} name="tillNumber" hint={t('setUp.tillNumberHint')} />
              <Field form={form} name="tillCount" hint={t('setUp.tillCountHint')} />
            </div>
          </fieldset>
          <fieldset className={c('group', 'pair')}>
            <legend className={c('legend')}>{t('setUp.manager')}</legend>
            <Field form={form} name="managerPin" type="pin" hint={t('setUp.managerPinHint')} />
            <Field form={form} name="managerPinAgain" type="pin" />
            {hasKeys && <DigitPad of={mainRef} />}
          </fieldset>
        </div>
        <Outcome form={form} />
        <div className={c('answers')}>
          <Button look="ghost" onPress={() => view.setUp(false)}>
            {t('common.back')}
          </Button>
          {/* Between the buttons, so that good news moves none of them. */}
          <span className={c('grow', form.tested !== null && 'good')} aria-live="polite">
            {form.isWorking ? t('setUp.testing') : form.tested !== null && t('setUp.tested')}
          </span>
          <Button onPress={form.test}>{t('setUp.test')}</Button>
          <Button look="primary" onPress={form.connect}>
            {t('setUp.connect')}
          </Button>
        </div>
      </main>
    </div>
  );
}
