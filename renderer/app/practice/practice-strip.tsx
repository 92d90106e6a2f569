import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { topUp } from '../../counter/counter/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { useTopic } from '../../shared/topics.ts';
import { useView } from '../../shared/view.ts';
import styles from './practice-strip.module.css';

const c = classNames(styles);

type Sample = NonNullable<Snapshot['practice']>['samples'][number];
const none: readonly Sample[] = [];

/** Members of the practice store; a tap stands for a scan, so it is shown with a form only. */
export function PracticeStrip() {
  const { t } = useTranslation();
  const samples = useTopic('practice', (practice) => practice?.samples ?? none);
  const isBesideForm = useView(({ screen }) => screen.kind === 'till');
  if (samples.length === 0 || !isBesideForm) return null;
  const labelOf = ({ hint, number }: Sample) =>
    hint === 'disabled' || hint === 'family' ? t(`practice.hints.${hint}`) : number;
  return (
    <fieldset aria-label={t('practice.samples')} className={c('strip')} data-keeps-focus>
      {samples.map((sample) => (
        <Press key={sample.number} className={c('sample')} onPress={() => void topUp.scan(sample.number)}>
          <span className={c('name')}>{sample.name}</span>{' '}
          <span className={c('told')}>{labelOf(sample)}</span>
        </Press>
      ))}
    </fieldset>
  );
}
