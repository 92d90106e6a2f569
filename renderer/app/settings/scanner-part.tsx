import { useTranslation } from 'react-i18next';
import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import styles from './scanner-part.module.css';
import { ScannerTest } from './scanner-test.tsx';
import { Field, type FieldsProps } from './settings-fields.tsx';

const c = classNames(styles);

const ends: readonly ScannerSettings['end'][] = ['either', 'enter', 'tab'];

export function ScannerPart({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const both = { form, fields };
  return (
    <Part title={t('scanner.title')} hint={t('scanner.lead')}>
      <div className={c('grid')}>
        <Field {...both} name="scanMeanGapMs" hasHint />
        <RadioChoice
          label={t('scanner.end')}
          name="scan-end"
          values={ends}
          chosen={fields.scanEnd}
          onChoose={(scanEnd) => form.edit({ scanEnd })}
          say={(end) => t(`scanner.ends.${end}`)}
        />
        <Field {...both} name="scanPrefix" hasHint />
        <Field {...both} name="scanSuffix" hasHint />
      </div>
      <ScannerTest settings={form.scanner} />
    </Part>
  );
}
