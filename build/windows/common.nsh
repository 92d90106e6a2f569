; What installer and uninstaller share.

!ifdef TEST
  ; For tests, which end a set-up at each step: it stands still at the one that the environment names.
  !macro STEP name
    Push $R9
    ReadEnvStr $R9 COUNTERFOIL_STOP_AT
    ${If} $R9 == "${name}"
      FileOpen $R9 "C:\stopped" w
      FileClose $R9
      Sleep 60000
    ${EndIf}
    Pop $R9
    ClearErrors
  !macroend
!else
  !macro STEP name
  !macroend
!endif
!define STEP "!insertmacro STEP"

!macro ONE_AT_A_TIME
  System::Call 'kernel32::CreateMutex(p 0, i 0, t "Local\counterfoil-setup") p .r0 ?e'
  Pop $0
  ${If} $0 == 183
  ${OrIf} $0 == 5                ; one that somebody has started as an administrator
    MessageBox MB_OK|MB_ICONINFORMATION "The set-up of ${NAME} is running already." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
!macroend

; Under a name of its own, which nobody runs: it does the steps, and is no launcher yet. Sets the error flag.
!macro UNPACK_LAUNCHER
  StrCpy $1 0
  ${Do}
    ClearErrors
    File "/oname=$INSTDIR\launcher.new.exe" "${SOURCE}\launcher.exe"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    Sleep 500
    IntOp $1 $1 + 1
    SetErrors
  ${LoopUntil} $1 > 20
!macroend

; Starts the program; a scanner that holds the launcher is waited for.
!macro START
  StrCpy $1 0
  SetOutPath $INSTDIR
  ${Do}
    ClearErrors
    Exec '"$INSTDIR\Counterfoil.exe"'
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    Sleep 500
    IntOp $1 $1 + 1
  ${LoopUntil} $1 > 20
!macroend

; What the launcher answers -> $0, 255 where it cannot be asked. A scanner that holds a new program keeps it
; from being started for a moment.
!macro ASK_LAUNCHER arguments
  StrCpy $1 0
  ${Do}
    ClearErrors
    ExecWait '"$INSTDIR\launcher.new.exe" ${arguments}' $0
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    StrCpy $0 255
    Sleep 500
    IntOp $1 $1 + 1
  ${LoopUntil} $1 > 120
!macroend
!macro LAUNCHER verb
  !insertmacro ASK_LAUNCHER `--launcher ${verb}`
!macroend
!define LAUNCHER "!insertmacro LAUNCHER"
