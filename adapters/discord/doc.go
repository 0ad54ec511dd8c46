// Package discord connects the bot to Discord. With it, people command, press, react and talk in the guilds that
// invited the bot, over as many shards as the service asks for.
//
// The gateway and the service's vocabulary are those of bwmarrin/discordgo. Requests are made here, with net/http:
// discordgo's own know no nonce, wait for rate limits with a lock held and without looking at the context, and lose what
// the service said about an error.
//
// The package never reads messages between people in private, keeps nothing on disk, and logs nothing that a person wrote.
package discord
