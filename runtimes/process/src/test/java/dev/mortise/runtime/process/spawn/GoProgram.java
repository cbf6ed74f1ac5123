package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program in Go that echoes what one client says to its Unix socket. */
final class GoProgram {

    private static final String SOURCE = """
            package main

            import (
            	"fmt"
            	"io"
            	"net"
            	"os"
            	"runtime"
            )

            func main() {
            	listener, err := net.Listen("unix", os.Args[1])
            	if err != nil {
            		panic(err)
            	}
            	runtime.GC()
            	fmt.Println("listening")
            	peer, err := listener.Accept()
            	if err != nil {
            		panic(err)
            	}
            	text := make([]byte, 100)
            	count, _ := peer.Read(text)
            	io.WriteString(peer, string(text[:count]))
            }
            """;

    private GoProgram() {}

    static boolean canBeBuilt() {
        return compiler().isPresent();
    }

    static void build(Path folder, Path program) throws Exception {
        Path source = Files.writeString(folder.resolve("main.go"), SOURCE);
        ProcessBuilder builder = new ProcessBuilder(
                        compiler().orElseThrow().toString(), "build", "-o", program.toString(), source.toString())
                .inheritIO();
        builder.environment().put("CGO_ENABLED", "0");
        assertThat(builder.start().waitFor()).isZero();
    }

    private static Optional<Path> compiler() {
        return Stream.concat(
                        SystemPrograms.find("go").stream(),
                        List.of(Path.of("/usr/local/go/bin/go"), Path.of("/usr/lib/go/bin/go")).stream())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
