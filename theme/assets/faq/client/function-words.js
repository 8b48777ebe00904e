// Function words: a sentence needs them, but they do not say what it is about, so they are not highlighted.
//
// Rarity does not tell them apart: on a site of fifty topics "my" is as rare as "blue", and a limit on the share of
// results with a word would drop "red" from the query "red widgets". The lists are the closed classes of words, to
// which a language adds no new ones: articles, pronouns, prepositions, conjunctions, auxiliaries and question words.
// For a language without a list, only rarity decides.
import { formsOf } from "./query.js";
import { primaryLanguage } from "./text.js";

const FUNCTION_WORDS = {
  de: `aber alle als also am an auch auf aus bei beim bin bis bitte da damit dann das dass dein deine dem den denn der
    des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines er es euch
    euer fur habe haben hat hatte hier ich ihm ihn ihnen ihr ihre im in ist ja jede jeder jetzt kann kannst kein keine
    keinen konnen man mein meine meinem meinen meiner mich mir mit muss mussen nach nicht noch nur ob oder ohne schon
    sehr sein seine seit sich sie sind so soll sollte uber um und uns unser unsere vom von vor wann warum was weil
    welche welchen welcher welches wenn wer werden wie wieso wird wo wurde zu zum zur`,
  en: `a about after again all also am an and any anyone are as at be because been before being both but by can cannot
    could did do does doing don done each else every few for from get gets getting got had has have having he her here
    hers him his how however i if in into is isn it its itself just ll may me might mine more most much must my myself
    neither no nor not now of on once one only or other our ours own please same shall she should since so some such
    than that the their theirs them then there these they this those though through to too under until up us ve very
    was we were what when where whether which while who whom whose why will with within without would yes yet you your
    yours arent cant couldnt d didnt doesnt dont hadnt hasnt havent ive m s shouldnt t thats theyre wasnt werent whats
    wont wouldnt youre`,
  es: `a al algo ante asi aun con como cual cuales cuando cuanto de del desde donde e el ella ellas ellos en entre era
    es esa ese eso esta estan estar este esto estoy fue ha hace han hasta hay he la las le les lo los mas me mi mis
    muy ni no nos o para pero por porque puede puedo que quien se ser si sin sobre son soy su sus tambien te tengo
    tiene tu tus un una unas uno unos y ya yo`,
  fr: `a ai alors as au aussi aux avec avoir c ce ces cet cette comme comment d dans de des donc du elle elles en
    entre est et etait etre eu il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne nos notre
    nous on ont ou par pas peut peux plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se
    sera ses si son sont suis sur t ta te tes toi ton tres tu un une votre vos vous y`,
  it: `a ai al alla alle allo anche che chi ci come con cosa cui da dal dalla dei del della delle dello di dove e ed
    era gli ha hai hanno ho i il in io l la le lei lo loro lui ma me mi mia mie miei mio ne nei nel nella no noi non o
    per perche piu posso puo quale quali quando quanto quello questa queste questi questo se sei si sia sono su sua
    sul sulla suo ti tra tu tua tuo un una uno vi voi`,
};

/**
 * Returns the terms of an index that are function words in one of the languages ("de", "en-GB"). The languages of the
 * first call are used for all later calls with the same index.
 */
export function functionWordTerms(index, languages) {
  if (!termsByIndex.has(index)) {
    const codes = new Set(languages.map(primaryLanguage));
    const known = [...codes].filter((code) => Object.hasOwn(FUNCTION_WORDS, code));
    const words = known.flatMap((code) => FUNCTION_WORDS[code].split(/\s+/));
    termsByIndex.set(index, new Set([...words, ...formsOf(words, index.stemmers)]));
  }
  return termsByIndex.get(index);
}

const termsByIndex = new WeakMap(); // cached: a key press should not stem a thousand words again
