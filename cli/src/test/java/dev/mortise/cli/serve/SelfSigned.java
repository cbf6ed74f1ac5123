package dev.mortise.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A certificate that nobody has signed but itself, for a name that is not the host's. */
record SelfSigned(Path certificate, Path key) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    static SelfSigned create(Path folder, Path store) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "host",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=somewhere.example",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError(
                    "keytool failed: " + new String(keytool.getInputStream().readAllBytes()));
        }
        return export(store, folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    }

    private static SelfSigned export(Path store, Path certificate, Path key)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD);
        }
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("host").getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("host", PASSWORD).getEncoded()));
        return new SelfSigned(certificate, key);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }
}
