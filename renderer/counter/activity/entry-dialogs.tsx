import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { till } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { useTill } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';

/** Confirms a cancellation: its button stands in a row, and a hand may slip. */
export function CancelDialog({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const current = useTill();
  const write = useWriter(current.currency, current.language);
  const [isApproved, approve] = useState(false);
  const { submit, error } = useSubmit(
    () => till.entriesCancel({ id: entry.id }),
    view.close,
    (failure) => approve(failure.code === 'approval-needed'),
  );
  const kind = entry.kind === 'reversal' ? 'reversal' : 'entry';
  const title = t(`cancelEntry.${kind}.title`, {
    what: write.both(entry.balanceIncrement, entry.pointIncrement, entry.terms.bonus),
    name: memberNameOf(t, entry),
  });
  // A receipt was handed out: needs approval.
  if (isApproved)
    return (
      <PinDialog
        title={title}
        lead={t('cancelEntry.approval')}
        action={t('entry.cancel')}
        act="cancelAfterPaper"
        isOnlyCashiers
        send={(proof) =>
          till.entriesCancel({ id: entry.id, ...(typeof proof === 'object' ? { approval: proof } : {}) })
        }
      />
    );
  return (
    <AskDialog
      title={title}
      lead={t(`cancelEntry.${kind}.lead`)}
      safe={t('cancelEntry.keep')}
      act={t('entry.cancel')}
      onAct={submit}
      error={error}
    />
  );
}
