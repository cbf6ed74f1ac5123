package dev.mortise.plugin.notifiersmtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of somebody's own, and a server's certificate that it has signed. */
record MailAuthority(Path caFile, Path chain, Path key) {

    private static final String PASSWORD = "only-in-this-test";

    /** @param names whom the certificate names, as keytool's {@code san} has it */
    static MailAuthority create(Path folder, String names) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path store = folder.resolve("keys.p12");
        keytool(store, "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=An authority", "-ext", "bc:c");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=A mail server",
                "-signer",
                "ca",
                "-ext",
                "san=" + names);
        try (InputStream content = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(content, PASSWORD.toCharArray());
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : keys.getCertificateChain("server")) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return new MailAuthority(
                    Files.writeString(
                            folder.resolve("ca.pem"),
                            pem("CERTIFICATE", keys.getCertificate("ca").getEncoded())),
                    Files.writeString(folder.resolve("chain.pem"), chain),
                    Files.writeString(
                            folder.resolve("key.pem"),
                            pem(
                                    "PRIVATE KEY",
                                    keys.getKey("server", PASSWORD.toCharArray())
                                            .getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    private static void keytool(Path store, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD, "-validity", "2"));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
