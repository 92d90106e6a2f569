import type { PickedZ } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { Note } from '../../kit/note.tsx';
import { Tag } from '../../kit/tag.tsx';
import { joinSentences } from '../../shared/i18n.ts';
import styles from './tills.module.css';
import type { Picked } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(styles);

const tones = { taken: 'good', known: 'neutral', differs: 'warn', refused: 'bad' } as const;

function PickedRow({ file }: { readonly file: PickedZ }) {
  const { t, day } = useOwnerWords();
  const { report, outcome, problem } = file;
  return (
    <li className={c('picked')}>
      <Tag tone={tones[outcome]}>{t(`owner.outcomes.${outcome}`)}</Tag>
      <span>
        <span className={c('file')}>{isolated(file.file)}</span>
        {report !== null && (
          <span className={c('small')}>
            {t('owner.zs.of', {
              number: report.number,
              till: isolated(report.till),
              day: day(report.businessDay),
            })}
          </span>
        )}
        {problem !== null && <span className={c('small')}>{t(`owner.problems.${problem}`)}</span>}
      </span>
    </li>
  );
}

/** Refused files first. */
export function PickedList({ picked: { files, left } }: { readonly picked: Picked }) {
  const { t } = useOwnerWords();
  const of = (outcome: PickedZ['outcome']) => files.filter((file) => file.outcome === outcome);
  const [refused, differing] = [of('refused'), of('differs')];
  const told = [
    t('owner.took', { count: of('taken').length }),
    ...(of('known').length > 0 ? [t('owner.knew', { count: of('known').length })] : []),
    ...(differing.length > 0 ? [t('owner.differ', { count: differing.length })] : []),
    ...(refused.length > 0 ? [t('owner.refused', { count: refused.length })] : []),
    ...(left > 0 ? [t('owner.left', { count: left })] : []),
  ];
  if (files.length === 0) return null;
  return (
    <Note tone={refused.length + differing.length + left > 0 ? 'warn' : 'good'} isNews>
      <p>{joinSentences(t, told)}</p>
      <ul className={c('list')}>
        {[...refused, ...differing, ...of('known'), ...of('taken')].map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files of two folders may have one name.
          <PickedRow key={`${file.file} ${index}`} file={file} />
        ))}
      </ul>
    </Note>
  );
}
