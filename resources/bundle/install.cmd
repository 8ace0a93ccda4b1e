@echo off
rem Makes the desktop of this user know Kypholog: the Start menu, and what opens logbooks.
rem "install.cmd --remove" takes that back. The folder of the program stays where it is, and so do
rem logbooks and settings.
setlocal
set "program=%~dp0kypholog.exe"
set "entry=HKCU\Software\Classes\Directory\shell\Kypholog"
set "link=%APPDATA%\Microsoft\Windows\Start Menu\Programs\Kypholog.lnk"

if /i "%~1"=="--remove" (
    reg delete "%entry%" /f >nul 2>&1
    del "%link%" 2>nul
    echo The desktop knows Kypholog no longer. Its folder can be deleted.
    exit /b 0
)

"%~dp0kypholog-command.exe" --version >nul || (
    echo Kypholog does not start on this system. Unpack its archive anew, whole. 1>&2
    exit /b 1
)
rem Explorer offers it for folders of this name alone.
reg add "%entry%" /ve /d "Open with Kypholog" /f >nul || exit /b 1
reg add "%entry%" /v Icon /d "\"%program%\"" /f >nul || exit /b 1
reg add "%entry%" /v AppliesTo /d "System.FileName:\"*.kypholog\"" /f >nul || exit /b 1
reg add "%entry%\command" /ve /d "\"%program%\" \"%%1\"" /f >nul || exit /b 1
powershell -NoProfile -Command "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:link); $s.TargetPath = $env:program; $s.Save()" || exit /b 1
echo Kypholog is in the Start menu now. "%~f0" --remove takes it out again.
