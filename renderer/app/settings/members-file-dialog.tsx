import { useTranslation } from 'react-i18next';
import type { Result } from '../../../preload/contract/index.ts';
import { Progress } from '../../kit/progress.tsx';
import { PinDialog, type Proof } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import type { MembersFileNotice } from '../../shared/view-store.ts';

interface Props {
  readonly act: 'save' | 'take';
  readonly onDone: (told: MembersFileNotice) => void;
}

/** Null where no file was chosen. */
type Sent = Promise<Result<MembersFileNotice | null>>;

const sends: { readonly [A in Props['act']]: (pin: Proof) => Sent } = {
  save: async (pin) => {
    const reply = await bridge.membersSaveFile({ pin });
    if (!reply.ok) return reply;
    const { saved } = reply.value;
    return { ok: true, value: saved === null ? null : { act: 'save', members: saved.members } };
  },
  take: async (pin) => {
    const reply = await bridge.membersTakeFile({ pin });
    if (!reply.ok) return reply;
    const { taken } = reply.value;
    return { ok: true, value: taken === null ? null : { act: 'take', ...taken } };
  },
};

function SaveProgress() {
  const { t } = useTranslation();
  const percent = useTopic('exportPercent');
  if (percent === null) return null;
  return (
    <Progress label={t('membersFile.progress')} percent={percent}>
      {t('membersFile.percent', { percent })}
    </Progress>
  );
}

/** Exports or imports the members file; says first what it has. */
export function MembersFileDialog({ act, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t(`membersFile.acts.${act}.title`)}
      lead={t(`membersFile.acts.${act}.lead`)}
      action={t(`membersFile.acts.${act}.action`)}
      send={sends[act]}
      onDone={(told) => {
        if (told !== null) onDone(told);
      }}
    >
      {act === 'save' && <SaveProgress />}
    </PinDialog>
  );
}
