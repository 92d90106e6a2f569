import type { Variance } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Tag } from '../../kit/tag.tsx';
import styles from './tills.module.css';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(styles);

interface Props {
  readonly variance: Variance | null;
  /** Nothing is closed yet. */
  readonly isOpen: boolean;
}

/** What drawers were off by; only that wears a colour. */
export function VarianceCell({ variance, isOpen }: Props) {
  const words = useOwnerWords();
  const { said, tone } = words.variance(variance);
  if (isOpen) return <span className={c('quiet')}>{words.t('owner.days.open')}</span>;
  if (tone === 'warn') return <Tag tone={tone}>{said}</Tag>;
  return (
    <span className={c('quiet', 'checked')}>
      {tone === 'good' && <Icon name="check" />}
      {said}
    </span>
  );
}
