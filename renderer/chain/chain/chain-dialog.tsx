import { useTranslation } from 'react-i18next';
import type { FoundChain } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Facts } from '../../kit/facts.tsx';
import { CodeDialog, PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { view } from '../../shared/view.ts';
import type { ChainAct } from '../../shared/view-store.ts';
import { Changes } from './changes.tsx';
import { MakeDialog, SignDialog, SignShownDialog, TakeKeyDialog } from './owner-dialogs.tsx';

/** Joining a chain, leaving it, and what its owner changes. */
export function ChainDialog({ act }: { readonly act: ChainAct }) {
  const { t } = useTranslation();
  switch (act.kind) {
    case 'find':
      return (
        <PinDialog
          title={t('chain.acts.find.title')}
          lead={t('chain.acts.find.lead')}
          action={t('chain.acts.find.action')}
          send={(pin) => till.chainFind({ pin })}
          onDone={({ found }) => {
            if (found !== null) view.open({ kind: 'chain', act: { kind: 'join', found } });
          }}
        />
      );
    case 'join':
      return <JoinDialog found={act.found} />;
    case 'leave':
      return (
        <PinDialog
          title={t('chain.acts.leave.title')}
          lead={t('chain.acts.leave.lead')}
          action={t('chain.acts.leave.action')}
          again="chain:leave"
          send={(pin) => till.chainLeave({ pin })}
        />
      );
    case 'look':
      return (
        <PinDialog
          title={t('chain.acts.look.title')}
          lead={t('chain.acts.look.lead')}
          action={t('chain.acts.look.action')}
          isPlain
          send={(pin) => till.chainLook({ pin })}
        />
      );
    case 'make':
      return <MakeDialog />;
    case 'code':
      return (
        <CodeDialog
          title={t('chain.code.title')}
          lead={t('chain.code.lead')}
          code={act.code}
          onDone={view.close}
        />
      );
    case 'sign':
      return <SignDialog parts={act.parts} />;
    case 'sign-shown':
      return <SignShownDialog asked={act.asked} preview={act.preview} />;
    case 'take-key':
      return <TakeKeyDialog />;
    case 'changes':
      return (
        <DialogFrame title={t('chain.whatChanges')} onClose={view.close}>
          <Changes changes={act.changes} />
          <Answers>
            <Button look="primary" onPress={view.close}>
              {t('common.close')}
            </Button>
          </Answers>
        </DialogFrame>
      );
  }
}

/** The fingerprint is compared with what the owner says, before the PIN is given. */
function JoinDialog({ found }: { readonly found: FoundChain }) {
  const { t } = useTranslation();
  const { id, name, folder, fingerprint, version, changes } = found;
  return (
    <PinDialog
      title={t('chain.acts.join.title', { name })}
      lead={t('chain.acts.join.lead')}
      action={t('chain.acts.join.action')}
      again="chain:join"
      send={(pin) => till.chainJoin({ id, pin })}
    >
      <Facts
        facts={[
          [t('chain.key'), fingerprint],
          [t('chain.folder'), folder],
          [t('chain.version'), String(version)],
        ]}
      />
      <Changes changes={changes} />
    </PinDialog>
  );
}
