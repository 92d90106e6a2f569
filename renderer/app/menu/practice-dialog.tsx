import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../kit/answers.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { useListKeys } from '../../kit/use-list-keys.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { leavePractice } from '../../shared/leaving.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { guide } from '../practice/index.ts';
import { MenuRow } from './menu-row.tsx';

function showGuide() {
  guide.bringBack();
  view.show({ kind: 'till' });
}

/** In and out of the practice store, and its guide. */
export function PracticeDialog() {
  const { t } = useTranslation();
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  const ref = useListKeys<HTMLDivElement>();
  const { submit, error } = useSubmit(
    () => (isPractice ? leavePractice() : bridge.setupOpenPractice({})),
    view.close,
  );
  return (
    <DialogFrame title={t('menu.practice')} onClose={view.close}>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <div ref={ref}>
        <MenuRow
          icon="practice"
          label={t(isPractice ? 'menu.leavePractice' : 'menu.openPractice')}
          hint={t(isPractice ? 'menu.leavePracticeHint' : 'menu.openPracticeHint')}
          takesFocus
          onPress={submit}
        />
        {isPractice && (
          <MenuRow
            icon="check"
            label={t('menu.showGuide')}
            hint={t('menu.showGuideHint')}
            onPress={showGuide}
          />
        )}
      </div>
    </DialogFrame>
  );
}
