import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Amount,
  AppError,
  MatchItem,
  MatchPile,
  MatchSides,
  MatchSummary,
} from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Press } from '../../kit/press.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { Items } from './items.tsx';
import styles from './matching.module.css';

const c = classNames(card, styles);

const piles = ['matched', 'only-ours', 'only-kybio', 'unclear'] as const satisfies readonly MatchPile[];

const isCalled = (pile: MatchPile): boolean => pile !== 'matched';

interface ChoiceProps {
  readonly isNew: boolean;
  readonly summary: MatchSummary;
  readonly chosen: MatchPile;
  readonly onChoose: (pile: MatchPile) => void;
}

function Choice({ isNew, summary, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (isNew) ref.current?.scrollIntoView();
  }, [isNew]);
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  return (
    <fieldset ref={ref} className={c('tiles')} aria-label={t('matching.choose')}>
      {piles.map((pile) => {
        const { entries, ours, rows, kybio } = summary.piles[pile];
        const count = entries === 0 ? rows : entries;
        return (
          <Press
            key={pile}
            className={c('tile', isCalled(pile) && count > 0 && 'warn', pile === chosen && 'chosen')}
            isSelected={pile === chosen}
            onPress={() => onChoose(pile)}
          >
            <span className={c('head')}>{t(`matching.piles.${pile}`)}</span>
            <b className={c('sum')}>{count}</b>
            <span className={c('quiet')}>{write.money(entries === 0 ? kybio : ours)}</span>
          </Press>
        );
      })}
    </fieldset>
  );
}

function SumCells({ sides }: { readonly sides: MatchSides }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const { entries, ours, rows, kybio } = sides;
  const say = (number: number, sum: Amount) => t('matching.count', { number, sum: write.money(sum) });
  return (
    <>
      <td className={c('amount')}>{say(entries, ours)}</td>
      <td className={c('amount')}>{say(rows, kybio)}</td>
    </>
  );
}

function SumsTable({ summary }: { readonly summary: MatchSummary }) {
  const { t } = useTranslation();
  return (
    <table className={c('table')}>
      <caption className={c('caption')}>{t('matching.sums')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('matching.pile')}</th>
          <th scope="col" className={c('amount')}>
            {t('matching.ours')}
          </th>
          <th scope="col" className={c('amount')}>
            {t('matching.kybio')}
          </th>
        </tr>
      </thead>
      <tbody>
        {piles.map((pile) => (
          <tr key={pile}>
            <th scope="row">{t(`matching.piles.${pile}`)}</th>
            <SumCells sides={summary.piles[pile]} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('matching.all')}</th>
          <SumCells sides={summary.all} />
        </tr>
      </tfoot>
    </table>
  );
}

function Remarks({ summary }: { readonly summary: MatchSummary }) {
  const { t } = useTranslation();
  const till = useTill();
  const { askedAtMs, log, logEndsAt, hoursOff, pointsOnly, before } = summary;
  const time = storeMoment(askedAtMs, Date.now(), till.storeTimeZone, till.language);
  return (
    <div className={c('remarks')}>
      <p>{t('matching.asOf', { time })}</p>
      <p>{logEndsAt === null ? t('matching.logEmpty') : t('matching.logEnds', { time: logEndsAt })}</p>
      {pointsOnly > 0 && <p>{t('matching.pointsOnly', { count: pointsOnly })}</p>}
      {before > 0 && <p>{t('matching.before', { count: before })}</p>}
      {hoursOff !== null && <Note tone="warn">{t('matching.hoursOff', { hours: hoursOff })}</Note>}
      {log !== 'lists' && <Note tone="neutral">{t(`matching.log.${log}`)}</Note>}
    </div>
  );
}

interface Props {
  /** When it was asked for. */
  readonly of: number;
  /** Asked for on this page, whose form it stands below: it comes into sight. */
  readonly isNew: boolean;
}

export function PilesPart({ of, isNew }: Props) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<MatchPile>('only-ours');
  const { shown, failure, more, askAgain } = usePile(chosen, of);
  if (failure !== null) {
    return (
      <>
        <ErrorNote>{errorText(t, failure)}</ErrorNote>
        <Answers>
          <Button onPress={askAgain}>{t('matching.again')}</Button>
        </Answers>
      </>
    );
  }
  if (shown === null) return <p className={c('quiet')}>{t('matching.loading')}</p>;
  if (shown === 'gone') return <Note tone="warn">{t('matching.gone')}</Note>;
  const { summary, items, all, pile } = shown;
  return (
    <>
      <Choice isNew={isNew} summary={summary} chosen={chosen} onChoose={choose} />
      <section className={c('card')} aria-label={t(`matching.piles.${pile}`)} aria-busy={pile !== chosen}>
        <h2 className={c('heading')}>{t(`matching.piles.${pile}`)}</h2>
        {items.length === 0 && <p className={c('quiet')}>{t(`matching.empty.${pile}`)}</p>}
        <Items items={items} />
        {items.length < all && (
          <Answers>
            <span className={c('quiet')}>{t('matching.shown', { shown: items.length, all })}</span>
            <Button onPress={more}>{t('matching.more')}</Button>
          </Answers>
        )}
      </section>
      <section className={c('card')} aria-label={t('matching.sums')}>
        <SumsTable summary={summary} />
        <Remarks summary={summary} />
        <Answers>
          <Button onPress={() => openGuarded({ kind: 'export-match' })}>{t('matching.export.open')}</Button>
        </Answers>
      </section>
    </>
  );
}

interface Shown {
  readonly pile: MatchPile;
  readonly summary: MatchSummary;
  readonly items: readonly MatchItem[];
  readonly all: number;
}

interface Piled {
  /** Null until it is read; `gone` where the pages read are not stored any more. */
  readonly shown: Shown | null | 'gone';
  readonly failure: AppError | null;
  readonly more: () => void;
  readonly askAgain: () => void;
}

/** A pile of one matching (`of`), page by page. */
function usePile(pile: MatchPile, of: number): Piled {
  const [shown, setShown] = useState<Piled['shown']>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const wanted = useRef('');

  const load = useCallback(
    async (before: readonly MatchItem[]): Promise<void> => {
      const mine = `${of} ${pile}`;
      wanted.current = mine;
      const reply = await bridge.matchingPile({ pile, from: before.length });
      if (wanted.current !== mine) return;
      setFailure(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const { found } = reply.value;
      setShown(
        found === null
          ? 'gone'
          : { pile, summary: found.summary, items: [...before, ...found.items], all: found.all },
      );
    },
    [pile, of],
  );
  const askAgain = useCallback(() => void load([]), [load]);
  useEffect(askAgain, [askAgain]);
  const items = shown === null || shown === 'gone' ? [] : shown.items;
  return { shown, failure, askAgain, more: () => void load(items) };
}
