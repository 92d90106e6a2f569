import type { Amount } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Tag } from '../../kit/tag.tsx';
import styles from './day.module.css';
import { useDay, varianceTone } from './use-day.ts';

const c = classNames(styles);

export function VarianceTag({ of: off }: { readonly of: Amount }) {
  const { variance } = useDay();
  const tone = varianceTone(off);
  if (tone !== 'good') return <Tag tone={tone}>{variance(off)}</Tag>;
  return (
    <span className={c('fits')}>
      <Icon name="check" />
      <span>{variance(off)}</span>
    </span>
  );
}
