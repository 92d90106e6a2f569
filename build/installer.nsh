; What the installer does beyond electron-builder's own. Nobody loses entries by taking the program away: it is asked first
; whether something is not sent yet, and a silent uninstall ends with a code of its own (docs/operators.md). The data folder
; stays in any case.
!macro customUnInit
  ${ifNot} ${isUpdated}
    ExecWait '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --unsent' $0
    ${if} $0 == 3
      ; On one click the uninstaller has made itself silent by now, whoever started it: only /S asks for no words.
      ${GetParameters} $R0
      ${GetOptions} $R0 "/S" $R1
      ${if} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "Entries of this till are not sent yet. Open Counterfoil, let it send them or decide them, and uninstall then. Nothing was removed."
      ${endif}
      SetErrorLevel 3
      Quit
    ${endif}
  ${endif}
!macroend
