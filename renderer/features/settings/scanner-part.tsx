import { useTranslation } from 'react-i18next';
import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { Radio } from '../../kit/radio.tsx';
import styles from './scanner-part.module.css';
import { ScannerTest } from './scanner-test.tsx';
import { Field, type FieldsProps } from './settings-fields.tsx';

const c = classNames(styles);

const ends: readonly ScannerSettings['end'][] = ['either', 'enter', 'tab'];

function EndChoice({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={c('choice')}>
      <legend className={c('label')}>{t('scanner.end')}</legend>
      <div className={c('ends')}>
        {ends.map((end) => (
          <Radio
            key={end}
            name="scan-end"
            isOn={fields.scanEnd === end}
            onChoose={() => form.edit({ scanEnd: end })}
          >
            {t(`scanner.ends.${end}`)}
          </Radio>
        ))}
      </div>
    </fieldset>
  );
}

export function ScannerPart({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  const both = { form, fields };
  return (
    <Part title={t('scanner.title')} hint={t('scanner.lead')}>
      <div className={c('grid')}>
        <Field {...both} name="scanMeanGapMs" hasHint />
        <EndChoice {...both} />
        <Field {...both} name="scanPrefix" hasHint />
        <Field {...both} name="scanSuffix" hasHint />
      </div>
      <ScannerTest settings={form.scanner} />
    </Part>
  );
}
