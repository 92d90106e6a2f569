import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { subtractAmounts } from '../../../preload/contract/app/values.ts';
import type { Entry, EntrySums, Snapshot } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { firstRefused } from '../../kit/entry-words.ts';
import { somethingOf } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { openFind, openReview } from '../../shared/open-dialogs.ts';
import { topics, useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './day-tiles.module.css';
import { openSums } from './today.ts';

const c = classNames(styles);

interface TileProps {
  readonly label: string;
  readonly sums: EntrySums;
  readonly write: SumWriter;
  /** For exceptions. */
  readonly tone?: 'warn' | 'bad';
  readonly more?: string | null;
  /** Without it the tile is no button. */
  readonly onPress?: () => void;
}

/** What was paid, with bonus and points beside, or points alone. Zero is never hidden. */
function faceOf({ balance, bonus, point }: EntrySums, write: SumWriter, t: TFunction) {
  const hasMoney = somethingOf(balance) || !somethingOf(point);
  const points = somethingOf(point) ? [write.points(point)] : [];
  const given = somethingOf(bonus) ? [t('bonusOf', { sum: write.money(bonus) })] : [];
  return hasMoney
    ? {
        main: write.money(subtractAmounts(balance, bonus)),
        beside: [...given, ...points].join(t('app.separator')),
      }
    : { main: points.join(''), beside: '' };
}

function Tile({ label, sums, write, tone, more = null, onPress }: TileProps) {
  const { t } = useTranslation();
  const { main, beside } = faceOf(sums, write, t);
  const face = (
    <>
      <span className={c('head')}>
        <span>{label}</span>
        <span>{sums.entries}</span>
      </span>
      <span className={c('line')}>
        <b className={c('sum')}>{main}</b>
        {beside !== '' && <span className={c('beside')}>{beside}</span>}
      </span>
      {more !== null && <span className={c('more')}>{more}</span>}
    </>
  );
  const isCalled = tone !== undefined && sums.entries > 0;
  const className = c('tile', isCalled && tone, sums.entries === 0 && 'nothing');
  if (!isCalled || onPress === undefined) return <div className={className}>{face}</div>;
  return (
    <Press className={className} onPress={onPress}>
      {face}
    </Press>
  );
}

const activity = (): readonly Entry[] => topics.now('activity') ?? [];

function showDetails(entry: Entry | undefined): void {
  if (entry === undefined) openFind();
  else view.open({ kind: 'details', entry });
}

/** Imported: done without money of this drawer. */
function takenUpWords({ takenUp }: Snapshot['today'], write: SumWriter, t: TFunction): string | null {
  const { entries, balance, bonus, point } = takenUp;
  if (entries === 0) return null;
  return t('today.takenUp', { sum: write.both(balance, point, bonus) });
}

export function DayTiles() {
  const { t } = useTranslation();
  const till = useTill();
  const today = useTopic('today');
  const write = useWriter(till.currency, till.language);
  const review = today.review.entries;
  return (
    <section className={c('tiles')} aria-label={t('today.region')}>
      <Tile label={t('today.done')} sums={today.done} write={write} more={takenUpWords(today, write, t)} />
      <Tile label={t('today.waiting')} sums={today.waiting} write={write} />
      <Tile
        label={t(review > 0 && today.checking.entries === 0 ? 'states.review' : 'today.checking')}
        sums={openSums(today)}
        write={write}
        tone="warn"
        onPress={() =>
          review > 0 ? openReview(null) : showDetails(activity().find(({ state }) => state === 'unknown'))
        }
      />
      <Tile
        label={t('today.refused')}
        sums={today.refused}
        write={write}
        tone="bad"
        onPress={() =>
          showDetails(firstRefused(activity()) ?? activity().find(({ state }) => state === 'rejected'))
        }
      />
    </section>
  );
}
