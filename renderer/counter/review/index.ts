export { AnswerDialog, DoubtDialog } from './review-dialogs.tsx';
export { ReviewScreen } from './review-screen.tsx';
