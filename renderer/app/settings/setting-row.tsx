import { useTranslation } from 'react-i18next';
import { languageNames, languages, standardTenders } from '../../../preload/contract/app/values.ts';
import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { currencySymbol } from '../../kit/format.ts';
import { ChoiceRow, ManyRow, SwitchRow } from '../../kit/sets.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { Fixed } from '../../shared/fixed.tsx';
import { phraseText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import {
  amountFields,
  codeFields,
  listFields,
  type PolicyField,
  type PolicyFields,
  type SettingName,
} from './policy-form.ts';
import type { PolicyForm } from './use-policy.ts';

export interface FieldsProps {
  readonly form: PolicyForm;
  readonly fields: PolicyFields;
}

type Names = ReadonlySet<SettingName>;

/** Fields with a unit. */
const withUnit: Names = new Set<SettingName>([
  'pointCap',
  'offlineWindowMs',
  'repeatWithinMs',
  'memberKeptMs',
  'managerUnlockedMs',
  'peopleLockAfterMs',
  'scanMeanGapMs',
  'updateFromMinute',
  'updateToMinute',
]);
const sums: Names = new Set<SettingName>([
  ...amountFields.filter((field) => field !== 'pointCap'),
  ...listFields,
]);
const texts: Names = new Set<SettingName>([...codeFields, 'businessDayEndsAtMinute', 'ownTenders']);
const wide: Names = new Set<SettingName>([...listFields, 'ownTenders']);

function Field({ form, fields, name }: FieldsProps & { readonly name: PolicyField }) {
  const { t } = useTranslation();
  const till = useTill();
  const problem = form.problems[name];
  return (
    <TextBox
      size={wide.has(name) ? 'wideRow' : 'row'}
      label={t(`policy.fields.${name}`)}
      inputMode={texts.has(name) ? 'text' : 'decimal'}
      value={fields[name]}
      onChange={(text) => form.edit({ [name]: text })}
      onEnter={form.save}
      hint={t(`policy.hints.${name}`)}
      error={problem === undefined ? undefined : phraseText(t, problem)}
      suffix={withUnit.has(name) ? t(`policy.units.${name}`) : undefined}
      {...(sums.has(name) ? { unit: currencySymbol(till.currency, till.language) } : {})}
    />
  );
}

const screenLanguages = ['as-set-up', ...languages] as const;

/** Each in its own language, so that anybody finds theirs. */
function LanguageRow({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <ChoiceRow
      label={t('policy.language')}
      hint={t('policy.languageHint')}
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

/** The standard ways to pay, and the shop's own. */
function TendersRows({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <ManyRow
        label={t('policy.tenders')}
        hint={t('policy.tendersHint')}
        name="tenders"
        values={standardTenders}
        chosen={fields.standardTenders}
        onChange={(chosen) => form.edit({ standardTenders: chosen })}
        say={(tender) => tenderWords(t, tender)}
      />
      <Field form={form} fields={fields} name="ownTenders" />
    </>
  );
}

const scanEnds: readonly ScannerSettings['end'][] = ['either', 'enter', 'tab'];

interface Props extends FieldsProps {
  readonly name: SettingName;
}

/** A setting, with the control of its kind; grey where it is set above this till. */
export const SettingRow = (props: Props) => (
  <Fixed name={props.name === 'ownTenders' ? 'tenders' : props.name}>
    <Setting {...props} />
  </Fixed>
);

function Setting({ form, fields, name }: Props) {
  const { t } = useTranslation();
  switch (name) {
    case 'keypad':
    case 'updateOnPress':
    case 'tillNumbersDeclared':
      return (
        <SwitchRow
          label={t(`policy.switches.${name}`)}
          hint={t(`policy.switchHints.${name}`)}
          isOn={fields[name]}
          onChange={(isOn) => form.edit({ [name]: isOn })}
        />
      );
    case 'screenLanguage':
      return <LanguageRow form={form} fields={fields} />;
    case 'scanEnd':
      return (
        <ChoiceRow
          label={t('scanner.end')}
          hint={t('scanner.endHint')}
          name="scan-end"
          values={scanEnds}
          chosen={fields.scanEnd}
          onChoose={(scanEnd) => form.edit({ scanEnd })}
          say={(end) => t(`scanner.ends.${end}`)}
        />
      );
    case 'ownTenders':
      return <TendersRows form={form} fields={fields} />;
    // By file alone.
    case 'callsKeptForIncrements':
    case 'memberFreshMs':
    case 'quiescenceMs':
    case 'secondReadingMs':
    case 'lookAfterMs':
    case 'updateKilobytesPerSecond':
    // In the owner's view, beside the books.
    case 'accounts':
      return null;
    default:
      return <Field form={form} fields={fields} name={name} />;
  }
}
