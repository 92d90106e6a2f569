import type { ChainTill } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { isolated } from '../../kit/isolated.ts';
import sumTable from '../../kit/sum-table.module.css';
import { SumTable } from '../../kit/sum-table.tsx';
import { Tag } from '../../kit/tag.tsx';
import styles from './chain.module.css';
import { useChainWords } from './chain-words.ts';

const c = classNames(sumTable, styles);

const heads = ['how', 'lastZ', 'backup', 'calls'] as const;

interface HowProps {
  readonly till: ChainTill;
  readonly onDrop: () => void;
}

function How({ till, onDrop }: HowProps) {
  const { t, told, reason, moment } = useChainWords();
  const { reasons, isSilent, seenAtMs, isHere } = till;
  const { waiting, checking } = till.entries;
  const onTheirWay = [
    ...(waiting === 0 ? [] : [t('owner.chain.waiting', told(waiting))]),
    ...(checking === 0 ? [] : [t('owner.chain.checking', told(checking))]),
  ];
  const heard = t(isSilent ? 'owner.chain.silentSince' : 'owner.chain.heard', { time: moment(seenAtMs) });
  return (
    <span className={c('how')}>
      {reasons.length === 0 && (
        <span className={c('well')}>
          <Icon name="check" />
          {t('owner.chain.well')}
        </span>
      )}
      {reasons.map((name) => {
        const { said, tone } = reason(till, name);
        return (
          <Tag key={name} tone={tone}>
            {said}
          </Tag>
        );
      })}
      <span className={c('small')}>
        {onTheirWay.map((said) => `${said}${t('app.separator')}`)}
        <span className={c(isSilent && 'silent')}>{heard}</span>
      </span>
      {reasons.includes('silent') && !isHere && (
        <Button look="ghost" onPress={onDrop}>
          {t('owner.chain.drop')}
        </Button>
      )}
    </span>
  );
}

/** A value, and what is less asked for under it. */
function Two({
  first,
  under,
  isOff = false,
}: {
  readonly first: string;
  readonly under: string;
  readonly isOff?: boolean;
}) {
  return (
    <>
      {first}
      <span className={c('small', isOff && 'off')}>{under}</span>
    </>
  );
}

function useCells() {
  const { t, count, moment, variance } = useChainWords();
  return (till: ChainTill, onDrop: () => void) => {
    const { lastZ, backupAtMs, calls, freeMegabytes } = till;
    const off = variance(till);
    const free =
      freeMegabytes === null
        ? t('owner.chain.diskUnknown')
        : t('owner.chain.free', { size: count(Math.floor(freeMegabytes / 1000)) });
    return [
      <How key="how" till={till} onDrop={onDrop} />,
      lastZ === null ? (
        <span key="z" className={c('quiet')}>
          {t('owner.tills.noZ')}
        </span>
      ) : (
        <Two
          key="z"
          first={t('owner.tills.lastZOf', { number: lastZ.number, time: moment(lastZ.closedAtMs) })}
          under={off.said}
          isOff={off.isOff}
        />
      ),
      <Two
        key="backup"
        first={backupAtMs === null ? t('owner.chain.noBackup') : moment(backupAtMs)}
        under={free}
      />,
      <Two
        key="calls"
        first={t('owner.chain.callsLeft', { number: count(calls.left) })}
        under={t('owner.chain.callsUsed', { number: count(calls.used) })}
      />,
    ];
  };
}

interface TableProps {
  readonly tills: readonly ChainTill[];
  readonly onDrop: (tillId: string) => void;
}

/** A row a till, with how it is. */
export function ChainTable({ tills, onDrop }: TableProps) {
  const { t } = useChainWords();
  const cells = useCells();
  const under = ({ number, version, isHere }: ChainTill) => (
    <span className={c('small')}>
      {[t('owner.chain.number', { number }), version, ...(isHere ? [t('owner.tills.own')] : [])].join(
        t('app.separator'),
      )}
    </span>
  );
  return (
    <section
      className={c('scroller')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll it where it is too wide.
      tabIndex={0}
      aria-label={t('owner.chain.caption')}
    >
      <SumTable
        caption={t('owner.chain.caption')}
        look={c('chain')}
        first={t('owner.tills.till')}
        heads={heads.map((head) => t(`owner.chain.${head}`))}
        rows={tills.map((till) => ({
          key: till.tillId,
          name: isolated(till.name),
          under: under(till),
          cells: cells(till, () => onDrop(till.tillId)),
        }))}
      />
    </section>
  );
}
