import { useTranslation } from 'react-i18next';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { ShowSaved } from '../../shared/show-saved.tsx';
import { view } from '../../shared/view.ts';

interface Props {
  readonly of: 'found' | 'match' | 'owner' | 'owed' | 'held';
  readonly entries: number;
}

const leads = {
  found: 'find.export.done',
  match: 'matching.export.done',
  owner: 'owner.acts.save.done',
  owed: 'owner.acts.save.doneOwed',
  held: 'find.held.save.done',
} as const;

export function ExportedDialog({ of, entries }: Props) {
  const { t } = useTranslation();
  return (
    <DialogFrame
      title={t('find.export.doneTitle')}
      lead={t(leads[of], { count: entries })}
      onClose={view.close}
    >
      <Answers>
        <Button look="primary" autoFocus onPress={view.close}>
          {t('common.close')}
        </Button>
        <ShowSaved />
      </Answers>
    </DialogFrame>
  );
}
