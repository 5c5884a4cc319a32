@echo off
setlocal
set "HOME_DIR=%~dp0.."
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java") else (set "JAVA=java")
for %%J in ("%HOME_DIR%\lib\sluice-kernel-*.jar") do set "KERNEL=%%J"
"%JAVA%" -XX:+UseSerialGC -Xms16m -Xmx512m -XX:+ExitOnOutOfMemoryError -Dsluice.home="%HOME_DIR%" -Dfile.encoding=UTF-8 -Djdk.tls.rejectClientInitiatedRenegotiation=true %SLUICE_OPTS% -jar "%KERNEL%" %*
exit /b %ERRORLEVEL%
