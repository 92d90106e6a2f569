; Takes the program away, and leaves the data. Nobody loses entries by it: it is asked first whether something
; is not sent yet. Windows starts it by the launcher, so that its code is the true one.

!define LOGIN "Software\Microsoft\Windows\CurrentVersion"

!macro LEAVE with words
  Delete "$INSTDIR\launcher.new.exe"
  MessageBox MB_OK|MB_ICONSTOP "${words} Nothing was removed." /SD IDOK
  SetErrorLevel ${with}
  Quit
!macroend

Function un.onInit
  !insertmacro ONE_AT_A_TIME
  SetOutPath $TEMP
  !insertmacro UNPACK_LAUNCHER
  ${If} ${Errors}
    !insertmacro LEAVE 2 "Nothing can be written to $INSTDIR."
  ${EndIf}
  !insertmacro ASK_LAUNCHER "--unsent" ; before anything is closed
  ${If} $0 == 3
    !insertmacro LEAVE 3 "Entries of this till are not sent yet. \
      Open ${NAME}, let it send them or decide them, and uninstall then."
  ${ElseIf} $0 == 255            ; nobody could be asked
    !insertmacro LEAVE 2 "Another program holds a file of ${NAME}."
  ${EndIf}
FunctionEnd

Section Uninstall
  SetAutoClose true
  SetDetailsPrint none
  ${STEP} asked
  ${LAUNCHER} "close ${CLOSE_LIMIT_MS}"
  ${If} $0 != 0
    !insertmacro LEAVE 6 "${NAME} is still open. Close it, and uninstall then."
  ${EndIf}
  ${STEP} closed
  ${LAUNCHER} "remove"
  ${If} $0 != 0
    !insertmacro LEAVE 2 "Another program holds a file of ${NAME}."
  ${EndIf}
  ${STEP} removed
  Delete "$DESKTOP\${NAME}.lnk"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  ; By the id that the program has told Windows, and by the one that Electron gives where it has told none.
  DeleteRegValue HKCU "${LOGIN}\Run" "app.counterfoil.till"
  DeleteRegValue HKCU "${LOGIN}\Run" "electron.app.${NAME}"
  DeleteRegValue HKCU "${LOGIN}\Explorer\StartupApproved\Run" "app.counterfoil.till"
  DeleteRegValue HKCU "${LOGIN}\Explorer\StartupApproved\Run" "electron.app.${NAME}"
  ${STEP} forgotten
  RMDir /r "$LOCALAPPDATA\counterfoil-updater" ; what updates were fetched to
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\staged"
  Delete "$INSTDIR\*.new"
  Delete "$INSTDIR\launcher.new.exe"
  ${STEP} files
  DeleteRegKey HKCU "${KEY}"
  ${STEP} unregistered
  ; Where it runs as a copy of itself; else the launcher has waited for this, and does it.
  Delete "$INSTDIR\uninstall.exe"
  Delete "$INSTDIR\Counterfoil.exe"
  RMDir "$INSTDIR"
  SetErrorLevel 0
SectionEnd
