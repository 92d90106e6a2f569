import type { ListedZ } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import styles from './tills.module.css';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(styles);

interface Props {
  readonly report: ListedZ;
  readonly onRemove: (report: ListedZ) => void;
}

/** Only imported reports can be removed. */
export function Removal({ report, onRemove }: Props) {
  const { t } = useOwnerWords();
  if (report.isOwn) return <span className={c('small')}>{t('owner.tills.own')}</span>;
  const named = { number: report.number, till: isolated(report.till) };
  return (
    <Button look="ghost" aria-label={t('owner.zs.removeNamed', named)} onPress={() => onRemove(report)}>
      {t('owner.acts.remove.action')}
    </Button>
  );
}
