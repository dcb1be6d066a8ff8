/** Tests of the MongoDB adapter, and {@link chat.plenary.messaging.store.mongo.TestMongo}. */
package chat.plenary.messaging.store.mongo;
