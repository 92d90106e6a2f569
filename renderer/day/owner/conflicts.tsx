import type { ShownZConflict } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { Note } from '../../kit/note.tsx';
import { personWords } from '../../kit/person-words.ts';
import { Tag } from '../../kit/tag.tsx';
import styles from './tills.module.css';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(styles);

interface Props {
  readonly conflicts: readonly ShownZConflict[];
  readonly onPick: (id: string, digest: string) => void;
}

interface RowProps {
  readonly variant: ShownZConflict['variants'][number];
  readonly isPicked: boolean;
  readonly onPick: () => void;
}

function Variant({ variant, isPicked, onPick }: RowProps) {
  const { t, write, moment } = useOwnerWords();
  const { closedAtMs, closedBy, net, isOwn } = variant;
  const sum = write.money(net);
  return (
    <li className={c('z')}>
      <span className={c('zName')}>
        <b>{sum}</b>
        <span className={c('small')}>
          {t('owner.zs.closed', { time: moment(closedAtMs), who: isolated(personWords(t, closedBy)) })}
        </span>
        {isOwn && <span className={c('small')}>{t('owner.tills.own')}</span>}
      </span>
      {isPicked ? (
        <Tag tone="good">{t('owner.conflict.counts')}</Tag>
      ) : (
        <Button aria-label={t('owner.conflict.pickNamed', { sum })} onPress={onPick}>
          {t('owner.acts.pick.action')}
        </Button>
      )}
    </li>
  );
}

export function Conflicts({ conflicts, onPick }: Props) {
  const { t, day } = useOwnerWords();
  return conflicts.map(({ id, picked, variants }) => {
    const [first] = variants;
    if (first === undefined) return null;
    const { number, till, businessDay } = first;
    return (
      <Note key={id} tone={picked === null ? 'warn' : 'neutral'}>
        <b>{t('owner.conflict.title', { number, till: isolated(till), day: day(businessDay) })}</b>
        <p>{t(picked === null ? 'owner.conflict.what' : 'owner.conflict.picked')}</p>
        <ul className={c('list')}>
          {variants.map((variant) => (
            <Variant
              key={variant.digest}
              variant={variant}
              isPicked={variant.digest === picked}
              onPick={() => onPick(id, variant.digest)}
            />
          ))}
        </ul>
      </Note>
    );
  });
}
