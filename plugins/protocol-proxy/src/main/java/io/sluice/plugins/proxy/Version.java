package io.sluice.plugins.proxy;

/** The two versions of the PROXY protocol: the text line and the binary header. */
enum Version {
    V1, V2
}
