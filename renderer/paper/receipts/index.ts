export { ReceiptActDialog } from './receipt-act-dialog.tsx';
export { ReceiptDialog } from './receipt-dialog.tsx';
export { ReceiptQueueDialog } from './receipt-queue-dialog.tsx';
export { ReceiptsScreen } from './receipts-screen.tsx';
