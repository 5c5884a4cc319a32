# Holds listening sockets and runs a program with them, by the protocol of sd_listen_fds(3): hold-sockets.py PORT[,PORT...] COMMAND...
# When the program ends, it is run again, unless this process was told to end by SIGTERM.
import fcntl
import os
import signal
import socket
import sys

FIRST = 3
sockets = []
for port in sys.argv[1].split(","):
    one = socket.create_server(("127.0.0.1", int(port)), backlog=512)
    # out of the way of the numbers that the program gets
    sockets.append(fcntl.fcntl(one.fileno(), fcntl.F_DUPFD_CLOEXEC, FIRST + 100))
    one.detach()

ending = False


def end(number, frame):
    global ending
    ending = True
    os.kill(child, signal.SIGTERM)


signal.signal(signal.SIGTERM, end)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
while not ending:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        for i, held in enumerate(sockets):
            os.dup2(held, FIRST + i, inheritable=True)
        os.environ["LISTEN_PID"] = str(os.getpid())
        os.environ["LISTEN_FDS"] = str(len(sockets))
        os.execvp(sys.argv[2], sys.argv[2:])
    # heard only while there is a program to tell, which is there until it has been waited for
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    status = os.waitpid(child, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status))
