/**
 * The configuration of a node: one tree of records ({@link
 * chat.plenary.node.configuration.Configuration}) that is read from a file, the environment and the
 * command line, checks itself, and makes its own documentation.
 */
@NullMarked
package chat.plenary.node.configuration;

import org.jspecify.annotations.NullMarked;
