/** The vendor's help pages. */
export const INDEX_PAGE = 'https://api.birddoghr.com';
export const TOKEN_PAGE = 'https://api.birddoghr.com/Help/Api/POST-v2-accesstoken';
export const USER_PAGE = 'https://api.birddoghr.com/Help/Api/POST-v2-TalentUser';
export const USERS_PAGE = 'https://api.birddoghr.com/Help/Api/POST-v2-TalentUsers';
/** Public client code of 2018 that calls the live service. */
export const CLIENT = 'https://github.com/mattgrif/BirdDogHR-API-PowerShell-Module';
