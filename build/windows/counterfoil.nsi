; Counterfoil's installer, for one person, with NSIS' own plug-in System alone. In the root lie
;   Counterfoil.exe   the launcher           current   one line: the folder that a start takes
;   app-<version>\    whole where it has files.txt, which is named so last
; A version is unpacked beside the one that runs. What makes it the one that starts is one MoveFileEx of
; `current`: whatever ends this before leaves the old version, whatever ends it after the new one. Each step
; is a verb of the launcher (launcher.c), which answers 0 where it was done.
;   /S silent   --force-run start afterwards   --stage unpack and verify alone
;   --switch neither close nor start   --unproven do not try it on a copy of the data
; Codes: 0 done, 2 failed and nothing changed, 3 (uninstall) entries not sent, 4 another set-up runs, 5 a
; newer version is in place, 6 (uninstall) the program stays open, 7 the version did not prove itself.
; Made by scripts/windows/make-installer.mjs, and for a release by electron-builder's nsis.script.
!ifdef APP_64
  !define SOURCE "${PROJECT_DIR}\dist\win-unpacked"
  !define BY_BUILDER
!else ifdef APP_ARM64
  !define SOURCE "${PROJECT_DIR}\dist\win-arm64-unpacked"
  !define BY_BUILDER
!endif
!ifndef PROVE_LIMIT_MS
  !define PROVE_LIMIT_MS 150000
!endif
!define CLOSE_LIMIT_MS 30000
!define NAME "Counterfoil"
; The one that electron-builder makes of the program's id: what that has installed is shown no second time.
!define GUID "efbf3da0-da26-5e4f-aaae-87079b2d226a"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${GUID}"

!ifndef BY_BUILDER
  !ifdef TARGET_64
    Target amd64-unicode         ; for tests, where there are no 32-bit libraries
  !endif
  Unicode true
  OutFile "${OUT}"
  LoadLanguageFile "${NSISDIR}\Contrib\Language files\English.nlf"
!endif
Name "${NAME}"
Icon "${PROJECT_DIR}\build\icon.ico"
UninstallIcon "${PROJECT_DIR}\build\icon.ico"
RequestExecutionLevel user
CRCCheck force
!ifdef TEST
  SetCompressor zlib             ; made quickly
!else
  SetCompressor lzma             ; not solid: that writes everything to %TEMP% first
!endif
SetOverwrite try                 ; a file that cannot be written sets the error flag, and no box
AllowSkipFiles off
AutoCloseWindow true
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "

!include LogicLib.nsh
!include FileFunc.nsh
!include "${PROJECT_DIR}\build\windows\common.nsh"
!include "${PROJECT_DIR}\build\windows\uninstall.nsh"

Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; Signed first, then listed. The launcher reads the list.
!system 'node "${PROJECT_DIR}/scripts/windows/list-files.mjs" "${SOURCE}"' = 0
!uninstfinalize 'node "${PROJECT_DIR}/scripts/windows/sign-uninstaller.mjs" "%1"' = 0

Var folder                       ; the name of the one that the version is unpacked to
Var isOurs                       ; 1 while that is made by this run, and named by nobody
Var ran                          ; 1 where a till was open that is not the one which this puts in place
Var isInPlace                    ; 1 where a start takes this very version: nothing is to be tried or closed
Var forceRun
Var toStage
Var toSwitch
Var unproven
Var code

!macro READ_FLAG name variable
  ClearErrors
  ${GetOptions} $R0 "--${name}" $R1
  StrCpy ${variable} 1
  ${If} ${Errors}
    StrCpy ${variable} 0
  ${EndIf}
!macroend

Function .onInit
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\counterfoil" ; one place: /D= is not taken
  !insertmacro ONE_AT_A_TIME
  ${GetParameters} $R0
  !insertmacro READ_FLAG "force-run" $forceRun
  !insertmacro READ_FLAG "stage" $toStage
  !insertmacro READ_FLAG "switch" $toSwitch
  !insertmacro READ_FLAG "unproven" $unproven
FunctionEnd

Function ClearUp                 ; what this run has made, unless a start takes it already
  SetOutPath $INSTDIR
  ${If} $isOurs == 1
    ${LAUNCHER} "drop $folder"
  ${EndIf}
  Delete "$INSTDIR\*.new"
  Delete "$INSTDIR\launcher.new.exe"
  SetOutPath $TEMP
  RMDir "$INSTDIR"               ; where a first install failed: only an empty one goes
FunctionEnd

Function StartAgain              ; whoever asked for a start gets the program that there is
  ${If} $forceRun == 1
  ${AndIf} ${FileExists} "$INSTDIR\Counterfoil.exe"
    !insertmacro START
  ${EndIf}
FunctionEnd

Function .onInstFailed           ; where NSIS itself gives up: a full disk, a damaged package
  Call ClearUp
  SetErrorLevel 2
  Call StartAgain
FunctionEnd

Function Fail                    ; with $code, and the reason on the stack
  Exch $R9
  Call ClearUp
  MessageBox MB_OK|MB_ICONSTOP "${NAME} ${VERSION} was not installed: $R9. Nothing was changed." /SD IDOK
  SetErrorLevel $code
  Call StartAgain
  Quit
FunctionEnd

!macro FAIL with why
  StrCpy $code ${with}
  Push "${why}"
  Call Fail
!macroend
!macro FAIL_UNLESS_DONE why
  ${If} $0 != 0
    !insertmacro FAIL 2 "${why}"
  ${EndIf}
!macroend

Function Unpack                  ; -> $folder, whole, but named by nothing yet
  ClearErrors
  File "/oname=$INSTDIR\files.new" "${SOURCE}\files.new"
  ${If} ${Errors}
    !insertmacro FAIL 2 "a file could not be written"
  ${EndIf}
  ${LAUNCHER} "room ${VERSION}"
  ${If} $0 == 0
  ${OrIf} $0 > 199               ; the launcher was ended, or did not run
    !insertmacro FAIL 2 "its folder is in use"
  ${EndIf}
  StrCpy $isOurs 0
  ${If} $0 < 100
    StrCpy $isOurs 1
  ${Else}
    IntOp $0 $0 - 100            ; it lies there whole
  ${EndIf}
  StrCpy $folder "app-${VERSION}"
  ${If} $0 != 1
    StrCpy $folder "app-${VERSION}.$0"
  ${EndIf}
  ${STEP} room
  ${If} $isOurs == 1
    ClearErrors
    SetOutPath "$INSTDIR\$folder"
    ${STEP} folder
    File /r "${SOURCE}\*.*"
    ${If} ${Errors}
      !insertmacro FAIL 2 "a file could not be written"
    ${EndIf}
    SetOutPath $INSTDIR
    ${STEP} unpacked
    ${LAUNCHER} "verify $folder"
    !insertmacro FAIL_UNLESS_DONE "its files are not as they were packed, or are held by another program"
  ${EndIf}
  StrCpy $isInPlace 0
  ${If} $isOurs == 0
    ${LAUNCHER} "pointed $folder"
    ${If} $0 == 0
      StrCpy $isInPlace 1
    ${EndIf}
  ${EndIf}
  ${STEP} verified
FunctionEnd

Function Prove                   ; on a copy of the data, while the old version runs on
  ${If} $toStage == 0
  ${AndIf} $toSwitch == 0
  ${AndIf} $unproven == 0
  ${AndIf} $isInPlace == 0
    ${LAUNCHER} "prove $folder ${PROVE_LIMIT_MS}"
    ${If} $0 != 0
      !insertmacro FAIL 7 "it did not prove itself on a copy of this till's data"
    ${EndIf}
  ${EndIf}
  ${STEP} proven
FunctionEnd

Function Mark
  ${If} $isOurs == 1
    ${LAUNCHER} "mark $folder"
    !insertmacro FAIL_UNLESS_DONE "the list of its files is held by another program"
  ${EndIf}
  ${STEP} marked
FunctionEnd

Function CloseFlat               ; a program in the launcher's place is replaced, which needs it closed
  ${LAUNCHER} "flat"
  ${If} $0 == 0
    Return
  ${EndIf}
  ${If} $ran == 1
  ${AndIf} $toSwitch == 0
    ${LAUNCHER} "close ${CLOSE_LIMIT_MS}"
    !insertmacro FAIL_UNLESS_DONE "${NAME} is still open: close it, and start this again"
    StrCpy $forceRun 1           ; closed by this: whatever fails from here on, it is started again
  ${EndIf}
  ${STEP} flat
FunctionEnd

Function Point                   ; the step that counts
  ${LAUNCHER} "point $folder"
  !insertmacro FAIL_UNLESS_DONE "the name of the version to start is held by another program"
  ${STEP} pointed
  ${LAUNCHER} "place $folder"
  !insertmacro FAIL_UNLESS_DONE "the launcher could not be written"
  StrCpy $isOurs 0
  ${STEP} placed
FunctionEnd

Function Tell                    ; what Windows shows
  ClearErrors
  WriteUninstaller "$INSTDIR\uninstall.exe.new"
  ${IfNot} ${Errors}             ; while it is held the one of before stays, which does the same
    ${LAUNCHER} "renew uninstall.exe"
  ${EndIf}
  ${STEP} uninstaller
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\Counterfoil.exe,0"
  WriteRegStr HKCU "${KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\Counterfoil.exe" --launcher uninstall'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\Counterfoil.exe" --launcher uninstall /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${STEP} key
  ReadRegDWORD $0 HKCU "${KEY}" "Links" ; made once: an update leaves them as they are, taken away or moved
  ${If} $0 != 1
    ${LAUNCHER} 'link "$SMPROGRAMS\${NAME}.lnk"'
    ${LAUNCHER} 'link "$DESKTOP\${NAME}.lnk"'
    WriteRegDWORD HKCU "${KEY}" "Links" 1
  ${EndIf}
  ${STEP} links
FunctionEnd

Function ForgetFlat              ; what electron-builder's installer told Windows, and its copy of itself
  DeleteRegValue HKCU "${KEY}" "HelpLink"
  DeleteRegValue HKCU "${KEY}" "URLInfoAbout"
  DeleteRegValue HKCU "${KEY}" "URLUpdateInfo"
  DeleteRegValue HKCU "${KEY}" "Readme"
  DeleteRegValue HKCU "${KEY}" "EstimatedSize"
  DeleteRegKey HKCU "Software\${GUID}"
  Delete "$LOCALAPPDATA\counterfoil-updater\installer.exe"
  RMDir "$LOCALAPPDATA\counterfoil-updater"
FunctionEnd

Function CloseAndStart           ; one that stays open is left alone: the new version comes at its next start
  ${If} $toSwitch == 1
    Return
  ${EndIf}
  ${If} $ran == 1
    ${LAUNCHER} "close ${CLOSE_LIMIT_MS}"
    ${STEP} closed
    ${If} $0 == 0
      !insertmacro START
    ${EndIf}
    Return
  ${EndIf}
  ${If} $forceRun == 1
  ${OrIfNot} ${Silent}
    !insertmacro START
  ${EndIf}
FunctionEnd

Section
  SetDetailsPrint none
  SetOutPath $INSTDIR
  !insertmacro UNPACK_LAUNCHER
  ${If} ${Errors}
    !insertmacro FAIL 2 "nothing can be written to $INSTDIR"
  ${EndIf}
  ${STEP} launcher
  ${LAUNCHER} "newer ${VERSION}"
  ${If} $0 == 1
    !insertmacro FAIL 5 "a newer version is in place"
  ${EndIf}
  ${LAUNCHER} "sweep ${VERSION}"
  ${STEP} swept
  Call Unpack
  Call Prove
  ${If} $toStage == 1            ; named so before it is whole: no start takes it meanwhile
    ${LAUNCHER} "stage $folder"
    !insertmacro FAIL_UNLESS_DONE "it could not be named as the next version"
    ${STEP} staged
  ${EndIf}
  Call Mark
  ${If} $toStage == 0
    ${LAUNCHER} "running $folder"
    StrCpy $ran $0
    Call CloseFlat
    Call Point
    Call Tell
    Call ForgetFlat
    Call CloseAndStart
    ${STEP} started
    ${LAUNCHER} "sweep ${VERSION}"
  ${EndIf}
  Delete "$INSTDIR\files.new"
  Delete "$INSTDIR\launcher.new.exe"
  ${STEP} end
  SetErrorLevel 0
SectionEnd
