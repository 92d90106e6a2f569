import { useTranslation } from 'react-i18next';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { view } from '../../shared/view.ts';

/** The file is there. */
export function ExportedDialog({ entries }: { readonly entries: number }) {
  const { t } = useTranslation();
  return (
    <DialogFrame
      title={t('find.export.doneTitle')}
      lead={t('find.export.done', { count: entries })}
      onClose={view.close}
    >
      <Answers>
        <Button look="primary" autoFocus onPress={view.close}>
          {t('common.close')}
        </Button>
      </Answers>
    </DialogFrame>
  );
}
