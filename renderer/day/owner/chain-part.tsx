import { useState } from 'react';
import type { AppError, ChainTill, ChainTills } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { Note } from '../../kit/note.tsx';
import { errorText } from '../../shared/i18n.ts';
import styles from './chain.module.css';
import { ChainTable } from './chain-table.tsx';
import { useChainWords } from './chain-words.ts';
import { useChainTills } from './use-chain-tills.ts';

const c = classNames(card, styles);

/** Rows before somebody asks for the rest; those that need somebody are always there. */
const FIRST_ROWS = 12;

/** What the rows do not say. */
function Beside({ chain }: { readonly chain: ChainTills }) {
  const { t, language } = useChainWords();
  const { missing, unused, refusedZs, tills } = chain;
  const list = new Intl.ListFormat(language, { type: 'unit' });
  const nameOf = (tillId: string) =>
    isolated(tills.find((till) => till.tillId === tillId)?.name ?? tillId.slice(0, 6));
  return (
    <>
      {missing.length > 0 && (
        <p className={c('hint')}>
          {t('owner.chain.missing', { count: missing.length, numbers: list.format(missing.map(String)) })}
        </p>
      )}
      {unused.length > 0 && (
        <Note tone="warn">
          <b>{t('owner.chain.unused', { count: unused.length })}</b>
          <ul className={c('list')}>
            {unused.slice(0, FIRST_ROWS).map(({ tillId, problem: why }) => (
              <li key={tillId}>
                {t('owner.chain.unusedOf', {
                  till: tillId.slice(0, 6),
                  why: t(`owner.chain.problems.${why}`),
                })}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {refusedZs.length > 0 && (
        <Note tone="warn">
          <b>{t('owner.chain.refusedZs', { count: refusedZs.length })}</b>
          <ul className={c('list')}>
            {[
              ...new Set(
                refusedZs.map(({ tillId, problem: why }) =>
                  t('owner.chain.refusedZ', { till: nameOf(tillId), why: t(`owner.problems.${why}`) }),
                ),
              ),
            ]
              .slice(0, FIRST_ROWS)
              .map((said) => (
                <li key={said}>{said}</li>
              ))}
          </ul>
        </Note>
      )}
    </>
  );
}

function Summary({ tills }: { readonly tills: readonly ChainTill[] }) {
  const { t, told } = useChainWords();
  const of = (result: ChainTill['result']) => tills.filter((till) => till.result === result).length;
  const said = (['somebody', 'look'] as const).flatMap((result) =>
    of(result) === 0 ? [] : t(`owner.chain.sums.${result}`, told(of(result))),
  );
  return (
    <p className={c('hint')}>
      {said.length === 0 ? t('owner.chain.allWell', told(tills.length)) : said.join(t('app.separator'))}
    </p>
  );
}

/** All tills of the chain as they are now, on the owner's computer; read again with the figures, as of `atMs`. */
export function ChainPart({ atMs }: { readonly atMs: number }) {
  const { t, told } = useChainWords();
  const { chain, drop } = useChainTills(atMs);
  const [isWhole, showWhole] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  if (chain === null) return null;
  const { tills } = chain;
  const urgent = tills.filter(({ result }) => result === 'somebody').length;
  const shown = isWhole ? tills : tills.slice(0, Math.max(FIRST_ROWS, urgent));
  const onDrop = async (tillId: string) => {
    const reply = await drop(tillId);
    setFailure(reply.ok ? null : reply.error);
  };
  return (
    <section className={c('card')} aria-label={t('owner.chain.title')}>
      <h2 className={c('heading')}>{t('owner.chain.title')}</h2>
      {tills.length === 0 ? <p className={c('hint')}>{t('owner.chain.none')}</p> : <Summary tills={tills} />}
      {chain.problem !== null && <ErrorNote>{errorText(t, chain.problem)}</ErrorNote>}
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {tills.length > 0 && <ChainTable tills={shown} onDrop={(tillId) => void onDrop(tillId)} />}
      {shown.length < tills.length && (
        <Answers>
          <Button onPress={() => showWhole(true)}>
            {t('owner.chain.more', told(tills.length - shown.length))}
          </Button>
        </Answers>
      )}
      <Beside chain={chain} />
    </section>
  );
}
