package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.NetUtil;
import io.sluice.spi.admin.AdminDoor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;

/**
 * A UNIX domain socket: {@code admin.socket}.
 *
 * <p>It is made in a folder that nobody else may enter, and moved to its place when it has its mode, so at no moment more
 * people can connect than in the end. The place is taken only where nothing is, or a socket on which nobody listens.
 */
final class SocketFile implements Place {

    private static final System.Logger LOG = System.getLogger(SocketFile.class.getName());
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> AT_MOST = PosixFilePermissions.fromString("rw-rw----");
    // <sys/stat.h>
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;
    /** The folder's name is short, as the path to the socket in it has to be. */
    private static final int FOLDER_NAMES = 36 * 36 * 36;
    private static final int TRIES = 10;

    private final Path path;
    private final AdminDoor door;
    private final Random random = new SecureRandom();
    private Object made;

    SocketFile(Path path, AdminDoor door) {
        this.path = path;
        this.door = door;
    }

    @Override
    public ChannelFuture open(ServerBootstrap clients) throws IOException {
        ServerSocketChannel socket = listen();
        ChannelFactory<NioServerDomainSocketChannel> channel = () -> new NioServerDomainSocketChannel(socket);
        return Bound.register(clients.channelFactory(channel));
    }

    private ServerSocketChannel listen() throws IOException {
        Path folder = ownFolder();
        Path first = folder.resolve("s");
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(first), NetUtil.SOMAXCONN);
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(first);
            mode.retainAll(AT_MOST);
            Files.setPosixFilePermissions(first, mode);
            made = key(first);
            expectRoom();
            Files.move(first, path, StandardCopyOption.ATOMIC_MOVE);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        } finally {
            Files.deleteIfExists(first);
            Files.deleteIfExists(folder);
        }
    }

    private Path ownFolder() throws IOException {
        for (int i = 1;; i++) {
            try {
                return Files.createDirectory(path.resolveSibling("." + Integer.toString(random.nextInt(FOLDER_NAMES), 36)),
                        PosixFilePermissions.asFileAttribute(FOLDER));
            } catch (FileAlreadyExistsException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Fails if the path leads to something that is not to be replaced. */
    private void expectRoom() throws IOException {
        int mode;
        try {
            mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if ((mode & S_IFMT) != S_IFSOCK) {
            throw new IOException("something else is there (expected: nothing, or a socket that nobody listens on)");
        }
        try (SocketChannel other = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // does not wait where the other one's queue is full
            other.configureBlocking(false);
            other.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            // whoever made it has ended without taking it away
            return;
        } catch (IOException e) {
            // its queue is full, or this user may not connect
            throw new IOException("another process may listen there: " + e.getMessage(), e);
        }
        throw new IOException("another process listens there");
    }

    /** What a file is, whatever its name; {@code null} if there is none. */
    private static Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void opened(Channel listening) {
        door.socketOpened();
    }

    @Override
    public void failed(Throwable cause) {
        door.socketFailed(path + ": " + why(cause));
    }

    private static String why(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return "its folder is not there";
        }
        if (cause instanceof AccessDeniedException) {
            return "its folder may not be written by this user";
        }
        return cause instanceof FileSystemException file && file.getReason() != null ? file.getReason()
                : cause instanceof UnsupportedOperationException ? "the files of this system have no modes" : cause.getMessage();
    }

    @Override
    public boolean mayVanish() {
        return true;
    }

    @Override
    public boolean isReachable() {
        try {
            return made.equals(key(path));
        } catch (IOException e) {
            // nobody knows: what cannot be looked at cannot be made anew either
            return true;
        }
    }

    @Override
    public ChannelFuture close(Channel listening) {
        try {
            if (made.equals(key(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the socket is left where it is", e);
        }
        return listening.close();
    }
}
