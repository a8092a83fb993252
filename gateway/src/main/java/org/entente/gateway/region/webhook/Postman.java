package org.entente.gateway.region.webhook;

import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.message.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Posts to addresses outside. The name is resolved once, and the connection goes to the very address that was looked at, so that a name
 * that points elsewhere a moment later leads nowhere else. Nothing of an answer is read but its status; redirects are not followed.
 */
@Singleton
final class Postman {
    private static final int LONGEST_STATUS_LINE = 1000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final WebhookSettings settings;

    Postman(WebhookSettings settings) {
        this.settings = settings;
    }

    /** An address that is not called, whatever stands there. */
    static final class NotAllowedException extends IOException {
        private static final long serialVersionUID = 1L;

        NotAllowedException(String message) {
            super(message);
        }
    }

    /**
     * Whether an address may be called, as far as its text says.
     *
     * @throws NotAllowedException naming what is wrong with it
     */
    URI check(String url) throws NotAllowedException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new NotAllowedException("'" + url + "' is no address");
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) && settings.plainHttp();
        if (!https && !http) {
            throw new NotAllowedException("the address begins with https://");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new NotAllowedException("the address names a host, and neither a user nor a fragment");
        }
        return uri;
    }

    /**
     * Posts.
     *
     * @return the status of the answer
     * @throws NotAllowedException if the address may not be called
     * @throws IOException if there is no answer
     */
    int post(String url, Headers headers, byte[] body) throws IOException {
        URI uri = check(url);
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() < 0 ? tls ? HTTPS : HTTP : uri.getPort();
        InetAddress address = resolve(uri.getHost());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), left(deadline));
            plain.setSoTimeout(left(deadline));
            if (!tls) {
                return exchange(plain, uri, headers, body, deadline);
            }
            try (SSLSocket secured = secure(plain, uri.getHost(), port)) {
                secured.setSoTimeout(left(deadline));
                secured.startHandshake();
                return exchange(secured, uri, headers, body, deadline);
            }
        }
    }

    private InetAddress resolve(String host) throws IOException {
        InetAddress[] addresses =
                InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        for (InetAddress address : addresses) {
            if (!settings.privateAddresses() && !PublicAddresses.isPublic(address)) {
                throw new NotAllowedException(
                        "the host " + host + " has the address " + address.getHostAddress() + ", which is not public");
            }
        }
        return addresses[0];
    }

    private SSLSocket secure(Socket plain, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    private SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, settings.authorities() == null ? null : trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the trusted authorities cannot be read", e);
        }
    }

    /** The usual authorities and those of the setting. */
    private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        for (javax.net.ssl.TrustManager manager : usual.getTrustManagers()) {
            if (manager instanceof javax.net.ssl.X509TrustManager known) {
                for (X509Certificate authority : known.getAcceptedIssuers()) {
                    store.setCertificateEntry("a" + number++, authority);
                }
            }
        }
        java.nio.file.Path file = settings.authorities();
        if (file != null) {
            for (X509Certificate own : Certificates.fromPem(Files.readString(file))) {
                store.setCertificateEntry("a" + number++, own);
            }
        }
        TrustManagerFactory both = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        both.init(store);
        return both;
    }

    private static int exchange(Socket socket, URI uri, Headers headers, byte[] body, long deadline)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder();
        head.append("POST ").append(target(uri)).append(" HTTP/1.1\r\n");
        head.append("host: ").append(uri.getRawAuthority()).append("\r\n");
        headers.all()
                .forEach(field -> head.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        head.append("content-length: ").append(body.length).append("\r\nconnection: close\r\n\r\n");
        out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        socket.getOutputStream().write(out.toByteArray());
        socket.getOutputStream().flush();
        return status(socket, deadline);
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Reads the status line and nothing more. */
    private static int status(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            if (line.length() > LONGEST_STATUS_LINE) {
                throw new IOException("the answer is no HTTP");
            }
            socket.setSoTimeout(left(deadline));
            next = in.read();
        }
        @Nullable String[] parts = line.toString().trim().split(" ", 3);
        String code = parts.length < 2 || parts[1] == null ? "" : parts[1];
        if (!line.toString().startsWith("HTTP/1.") || !code.matches("[1-5][0-9]{2}")) {
            throw new IOException("the answer is no HTTP");
        }
        return Integer.parseInt(code);
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no whole answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
