import { useTranslation } from 'react-i18next';
import type { ShownChain } from '../../../preload/contract/index.ts';
import { ActRow } from '../../kit/act-row.tsx';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { Part } from '../../kit/part.tsx';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import type { ChainAct } from '../../shared/view-store.ts';
import { useMoment } from './use-moment.ts';

const open = (act: ChainAct) => openGuarded({ kind: 'chain', act });

/** A configuration that is there, and not taken over yet. */
function NextRow({ next }: { readonly next: NonNullable<ShownChain['next']> }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { version, validFromMs, changes } = next;
  const isLater = validFromMs > Date.now();
  return (
    <ActRow
      icon="go"
      tone="neutral"
      title={t('chain.next', { version })}
      line={isLater ? t('chain.nextFrom', { time: moment(validFromMs) }) : t('chain.nextSoon')}
    >
      <Button onPress={() => open({ kind: 'changes', changes })}>{t('chain.whatChanges')}</Button>
    </ActRow>
  );
}

function JoinedRows({ chain }: { readonly chain: ShownChain }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { name, folder, fingerprint, taken, next, problem, isOwner, parts } = chain;
  const line =
    taken === null
      ? t('chain.notTaken')
      : t('chain.taken', { version: taken.version, time: moment(taken.atMs) });
  return (
    <>
      <ActRow
        icon={problem === null ? 'check' : 'warn'}
        tone={problem === null ? 'good' : 'warn'}
        title={name}
        line={[line, folder].join(t('app.separator'))}
        problem={problem !== null && <ErrorNote>{errorText(t, problem)}</ErrorNote>}
      >
        <Button look="ghost" onPress={() => open({ kind: 'leave' })}>
          {t('chain.leave')}
        </Button>
        <Button look="ghost" onPress={() => open({ kind: 'find' })}>
          {t('chain.otherFolder')}
        </Button>
        <Button onPress={() => open({ kind: 'look' })}>{t('chain.look')}</Button>
      </ActRow>
      {next !== null && <NextRow next={next} />}
      {isOwner && (
        <ActRow icon="go" tone="neutral" title={t('chain.owner')} line={t('chain.ownerLine')}>
          <Button onPress={() => open({ kind: 'sign', parts })}>{t('chain.sign')}</Button>
        </ActRow>
      )}
      <ActRow icon="lock" tone="neutral" title={t('chain.key')} line={fingerprint}>
        {!isOwner && (
          <Button look="ghost" onPress={() => open({ kind: 'take-key' })}>
            {t('chain.takeKey')}
          </Button>
        )}
      </ActRow>
    </>
  );
}

/** Who sets this till up, beside its managers. Practice is in no chain. */
export function ChainPart() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const chain = useTopic('chain');
  if (!isLive) return null;
  return (
    <Part title={t('chain.title')} hint={t('chain.lead')}>
      <div>
        {chain === null ? (
          <ActRow icon="people" tone="neutral" title={t('chain.alone')} line={t('chain.aloneLine')}>
            <Button look="ghost" onPress={() => open({ kind: 'make' })}>
              {t('chain.make')}
            </Button>
            <Button onPress={() => open({ kind: 'find' })}>{t('chain.join')}</Button>
          </ActRow>
        ) : (
          <JoinedRows chain={chain} />
        )}
      </div>
    </Part>
  );
}
