package dev.mortise.runtime.process.sandbox;

import java.nio.file.Path;

/**
 * The folders that belong to one plugin. All absolute and existing.
 *
 * @param packageRoot the unpacked package: read and run
 * @param data the plugin's own files: read and written, made over to the plugin's user id
 * @param sockets where it puts the sockets that the host connects to: likewise
 */
public record PluginFolders(Path packageRoot, Path data, Path sockets) {}
