package dev.foldlog.cli.client;

/** The state under a key, as a server shows it. */
public record KeyedState(String key, String json, long position) {}
