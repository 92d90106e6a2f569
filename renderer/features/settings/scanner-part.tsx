import { useTranslation } from 'react-i18next';
import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import styles from './scanner-part.module.css';
import { ScannerTest } from './scanner-test.tsx';
import { Field, type FieldsProps, Part } from './settings-fields.tsx';

const c = classNames(styles);

const ends: readonly ScannerSettings['end'][] = ['either', 'enter', 'tab'];

function EndChoice({ form, fields }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={c('choice')}>
      <legend className={c('label')}>{t('scanner.end')}</legend>
      <div className={c('ends')}>
        {ends.map((end) => (
          <label key={end} className={c('end')}>
            <input
              type="radio"
              name="scan-end"
              className={c('dot')}
              checked={fields.scanEnd === end}
              onChange={() => form.edit({ scanEnd: end })}
            />
            {t(`scanner.ends.${end}`)}
          </label>
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
