import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredActs, permissionAnswers } from '../../../preload/contract/app/values.ts';
import type { Permissions } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import styles from './permissions-table.module.css';

const c = classNames(styles);

interface Props {
  readonly acts: Permissions['acts'];
  readonly onChange: (acts: Permissions['acts']) => void;
  /** The fields of the limits, beside what is entered above them. */
  readonly limits: ReactNode;
}

/** What a cashier may: one line an act, and the three answers named once. */
export function PermissionsTable({ acts, onChange, limits }: Props) {
  const { t } = useTranslation();
  return (
    <table className={c('table')}>
      <thead>
        <tr>
          <th scope="col">{t('people.cashierMay')}</th>
          {permissionAnswers.map((answer) => (
            <th key={answer} scope="col" className={c('answer')}>
              {t(`people.answers.${answer}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {offeredActs.map((act) => (
          <tr key={act}>
            <th scope="row" className={c('act')}>
              <span className={c('limits')}>
                {t(`people.acts.${act}`)}
                {act === 'overLimit' && limits}
              </span>
            </th>
            {permissionAnswers.map((answer) => (
              <td key={answer} className={c('cell')}>
                <label className={c('choice')}>
                  <input
                    type="radio"
                    name={`act-${act}`}
                    className={c('dot')}
                    checked={acts[act] === answer}
                    aria-label={`${t(`people.acts.${act}`)}: ${t(`people.answers.${answer}`)}`}
                    onChange={() => onChange({ ...acts, [act]: answer })}
                  />
                  {acts[act] === answer && <Icon name="check" />}
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
