import { useTranslation } from 'react-i18next';
import { standardTenders } from '../../../preload/contract/app/values.ts';
import { CheckBox } from '../../kit/check-box.tsx';
import { Part } from '../../kit/part.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { Field, type FieldsProps } from './settings-fields.tsx';

/** How members may pay; the form asks for one of these at every top-up. */
export function TenderPart({ form, fields }: FieldsProps) {
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
