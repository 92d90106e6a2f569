import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { till } from '../../bridge.ts';
import { useWriter } from '../../components/use-writer.ts';
import { useTill, view } from '../../stores/index.ts';
import { AskDialog } from './ask-dialog.tsx';
import { useSubmit } from './form-dialog.tsx';

/** What waits is taken back only by whoever means it: the button stands in a row where a hand may slip. */
export function CancelDialog({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const current = useTill();
  const write = useWriter(current.currency, current.language);
  const { submit, error } = useSubmit(
    () => till.entriesCancel({ id: entry.id }),
    () => {
      view.close();
      // What was found is a copy: after a change it is looked for again.
      void view.search();
    },
  );
  const kind = entry.kind === 'reversal' ? 'reversal' : 'entry';
  return (
    <AskDialog
      title={t(`cancelEntry.${kind}.title`, {
        what: write.both(entry.balanceIncrement, entry.pointIncrement),
        name: entry.memberName || t('member.unnamed', { number: entry.memberNumber }),
      })}
      lead={t(`cancelEntry.${kind}.lead`)}
      safe={t('cancelEntry.keep')}
      act={t('entry.cancel')}
      onAct={submit}
      error={error}
    />
  );
}

/** Settings that were changed and not saved. */
export function LeaveSettingsDialog() {
  const { t } = useTranslation();
  return (
    <AskDialog
      title={t('policy.leave.title')}
      lead={t('policy.leave.lead')}
      safe={t('policy.leave.stay')}
      act={t('policy.leave.leave')}
      onAct={() => view.show({ kind: 'till' })}
    />
  );
}
